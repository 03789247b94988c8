// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection, from when the data source has given it until it has it back. But for {@link #throwAway} confined to the thread of the operation. */
final class Lease {
    /** How long a connection may take to say that it is alive. */
    private static final int SECONDS_TO_ANSWER = 5;

    final Connection connection;
    private final ConnectionDisposal disposal;
    private final AtomicBoolean thrownAway = new AtomicBoolean();
    private boolean committedByItself;

    /** Whether it must not be used again. */
    private boolean isBad;

    Lease(Connection connection, ConnectionDisposal disposal) {
        this.connection = connection;
        this.disposal = disposal;
    }

    void beginTransaction() throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            committedByItself = true;
        }
    }

    boolean isToBeCommitted() throws SQLException {
        return !connection.getAutoCommit();
    }

    /** Throws {@link OutcomeUnknownException} where nobody can say whether it has committed. */
    void commit() throws SQLException {
        try {
            connection.commit();
        } catch (Throwable t) {
            if (SqlStates.isRolledBack(t)) {
                throw t;
            }
            throw OutcomeUnknownException.atCommit(t);
        }
    }

    /** Rolls back after this failure, if there is something to roll back, and returns it with what goes wrong in that. */
    Failure undo(Failure failure) {
        Throwable why = failure.exception();
        if (why instanceof OutcomeUnknownException || SqlStates.isConnectionLost(why)) {
            isBad = true; // and the server rolls back by itself
            return failure;
        }
        try {
            if (isToBeCommitted()) {
                connection.rollback();
            }
            return failure;
        } catch (Throwable t) {
            isBad = true;
            return failure.withAttached(t);
        }
    }

    /** Gives it back, or throws it away if it is of no more use. Never throws. */
    void end(boolean wasCancelled) {
        if (isBad || thrownAway.get() || !isFitForUse(wasCancelled)) {
            throwAway();
        }
        try {
            connection.close();
        } catch (Throwable t) {
            if (thrownAway.get()) {
                PoolLog.couldNotThrowAway(t);
            } else {
                PoolLog.couldNotGiveBack(t);
            }
        }
    }

    private boolean isFitForUse(boolean wasCancelled) {
        try {
            if (committedByItself) {
                connection.setAutoCommit(true);
            }
            // A cancel may arrive at the server after the statement that it was for: let it hit the question, not the
            // next user's work.
            return !wasCancelled || connection.isValid(SECONDS_TO_ANSWER);
        } catch (Throwable t) {
            PoolLog.couldNotThrowAway(t);
            return false;
        }
    }

    /** Whoever is first does it; by any thread. Never throws. */
    void throwAway() {
        if (!thrownAway.compareAndSet(false, true)) {
            return;
        }
        try {
            disposal.throwAway(connection);
        } catch (Throwable t) {
            PoolLog.couldNotThrowAway(t);
        }
    }
}
