// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What exceptions of drivers say, by their types and by the classes of SQLSTATE. */
final class SqlStates {
    /** PostgreSQL's, for a server that goes down or comes up, and for a session that was ended. */
    private static final Set<String> SERVER_GONE = Set.of("57P01", "57P02", "57P03", "57P05");

    /** "Statement completion unknown", alone in a class that means the opposite. */
    private static final String COMPLETION_UNKNOWN = "40003";

    /** Other words for it: "transaction resolution unknown" in the class of connections, "transaction state unknown" in that of transactions that have failed before. */
    private static final String RESOLUTION_UNKNOWN = "08007";

    private static final String TRANSACTION_STATE_UNKNOWN = "25S01";

    private static final Set<String> UNKNOWN =
            Set.of(COMPLETION_UNKNOWN, RESOLUTION_UNKNOWN, TRANSACTION_STATE_UNKNOWN);

    private SqlStates() {}

    /** Whether the driver says that it does not know what has happened. */
    static boolean isUnknown(SQLException e) {
        return UNKNOWN.contains(String.valueOf(e.getSQLState()));
    }

    /** Whether the connection is of no more use after this, or there never was one. */
    static boolean isConnectionLost(Throwable thrown) {
        if (!(thrown instanceof SQLException e)) {
            return false;
        }
        return e instanceof SQLNonTransientConnectionException
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException
                || isOfClass("08", e.getSQLState())
                || SERVER_GONE.contains(String.valueOf(e.getSQLState()));
    }

    /** Whether the server itself has said that the transaction was rolled back. */
    static boolean isRolledBack(Throwable thrown) {
        if (!(thrown instanceof SQLException e) || isUnknown(e)) {
            return false;
        }
        return isConflict(e)
                || e instanceof SQLIntegrityConstraintViolationException
                || isOfClass("23", e.getSQLState()) // a constraint that is checked by the commit
                || isOfClass("25", e.getSQLState()); // a commit of what had failed before
    }

    /** Whether the transaction was given up because of others that ran beside it. */
    static boolean isConflict(SQLException e) {
        return !isUnknown(e) && (e instanceof SQLTransactionRollbackException || isOfClass("40", e.getSQLState()));
    }

    static boolean isOfClass(String twoDigits, @Nullable String state) {
        return state != null && state.startsWith(twoDigits);
    }
}
