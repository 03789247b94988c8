// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.io.Serial;
import java.sql.SQLException;

/**
 * Nobody knows whether a transaction is in or out: it was lost, or cancelled, after its commit had been sent and before that was answered. Do not just try again; look first.
 *
 * <p>Its SQLSTATE is 08007, "transaction resolution unknown"; its cause is the exception of the commit, or {@link io.deferred.CancelledException}. Every other failure of an interaction, an operation or a batch means that the transaction is wholly out, but for what a rollback does not reach ({@link ConnectionPool}).
 */
public final class OutcomeUnknownException extends SQLException {
    /** Transaction resolution unknown. */
    static final String STATE = "08007";

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what happened
     * @param cause why it is not known
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, STATE, cause);
    }

    static OutcomeUnknownException atCommit(Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new OutcomeUnknownException(
                "whether the transaction is in is not known, because its commit was not answered (" + why
                        + "); look before you try again",
                cause);
    }
}
