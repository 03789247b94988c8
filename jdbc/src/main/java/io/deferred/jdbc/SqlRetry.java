// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/**
 * Which failures of an operation may be followed by another attempt: those after which the database is as before, and that another attempt may be spared.
 *
 * <pre>{@code
 * Retry.upTo(5).backoff(...).when(SqlRetry::mayHelp)
 * }</pre>
 */
public final class SqlRetry {
    private SqlRetry() {}

    /**
     * Tells whether to try again after this failure of an interaction, an operation, a batch or a query that only reads: a conflict with another transaction (SQLSTATE class 40), a connection that was lost or not to be had
     * (08, and PostgreSQL's 57P01 to 57P05), too little of something (53), or what the driver calls transient. Never after an {@link OutcomeUnknownException}, nor where the driver says the like (08007, 40003, 25S01), nor after a cancel or a time-out of its own.
     *
     * @param exception the failure's
     * @return false if another attempt would fail the same way, or might do the work twice
     */
    public static boolean mayHelp(Throwable exception) {
        if (!(exception instanceof SQLException e) || SqlStates.isUnknown(e)) {
            return false;
        }
        return SqlStates.isConflict(e)
                || SqlStates.isConnectionLost(e)
                || SqlStates.isOfClass("53", e.getSQLState())
                || e instanceof SQLTransientException;
    }
}
