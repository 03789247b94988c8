// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Failure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection, from when the data source has given it until it has it back. But for {@link #throwAway} confined to the thread of the operation. */
final class Lease {
    /** What has become of it: it was thrown away, or is in order and given back. Whoever is first decides. */
    private enum Fate {
        LENT,
        ENDED,
        THROWN_AWAY
    }

    /** How long a connection may take to say that it is alive. */
    private static final int SECONDS_TO_ANSWER = 5;

    private static final VarHandle FATE;

    static {
        try {
            FATE = MethodHandles.lookup().findVarHandle(Lease.class, "fate", Fate.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Connection connection;
    private final ConnectionDisposal disposal;
    private boolean committedByItself;

    /** Whether there is a transaction that would be committed by setting that again. */
    private boolean isOpen;

    /** Whether it must not be used again. */
    private boolean isBad;

    // shared: CAS
    private volatile Fate fate = Fate.LENT;

    Lease(Connection connection, ConnectionDisposal disposal) {
        this.connection = connection;
        this.disposal = disposal;
    }

    void beginTransaction() throws SQLException {
        isBad = true; // if one of these throws, who knows how it is left
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            committedByItself = true;
            isOpen = true;
        }
        isBad = false;
    }

    boolean isToBeCommitted() throws SQLException {
        return committedByItself || !connection.getAutoCommit();
    }

    /** Throws {@link OutcomeUnknownException} where nobody can say whether it has committed. */
    void commit() throws SQLException {
        try {
            connection.commit();
            isOpen = false;
        } catch (Throwable t) {
            if (SqlStates.isRolledBack(t)) {
                throw t;
            }
            throw OutcomeUnknownException.atCommit(t);
        }
    }

    /** Rolls back after this failure, if there is something to roll back, and returns it with what goes wrong in that. */
    Failure undo(Failure failure) {
        try {
            isBad |= isOfNoMoreUse(failure.exception());
            if (isToBeCommitted()) {
                // Even if it is of no more use: what was lost may be a connection of the user's to another database.
                connection.rollback();
            }
            isOpen = false;
            return failure;
        } catch (Throwable t) {
            boolean isNews = !isBad;
            isBad = true;
            return isNews ? failure.withAttached(t) : failure;
        }
    }

    private static boolean isOfNoMoreUse(Throwable why) {
        return why instanceof OutcomeUnknownException || SqlStates.isConnectionLost(why);
    }

    /** Gives it back, or throws it away if it is of no more use. Never throws. */
    void end() {
        if (isBad || !isAsItCame()) {
            throwAway();
        }
        giveBack(fate == Fate.LENT);
    }

    /** The same for an operation that was cancelled, and whose connection others may be throwing away. */
    void endAfterCancel(boolean statementWasCancelled) {
        if (isBad || !isAsItCame() || (statementWasCancelled && !answers())) {
            throwAway();
        }
        giveBack(casFate(Fate.ENDED));
    }

    private void giveBack(boolean inOrder) {
        try {
            connection.close();
        } catch (Throwable t) {
            if (inOrder) {
                PoolLog.couldNotGiveBack(t);
            } else {
                PoolLog.isBroken(t);
            }
        }
    }

    private boolean casFate(Fate to) {
        return fate == Fate.LENT && FATE.compareAndSet(this, Fate.LENT, to);
    }

    private boolean isAsItCame() {
        try {
            if (committedByItself && !isOpen) {
                connection.setAutoCommit(true);
            }
            return !isOpen;
        } catch (Throwable t) {
            PoolLog.isBroken(t);
            return false;
        }
    }

    /** A cancel may arrive at the server after the statement that it was for: let it hit this question, not the next user's work. */
    private boolean answers() {
        try {
            return connection.isValid(SECONDS_TO_ANSWER);
        } catch (Throwable t) {
            PoolLog.isBroken(t);
            return false;
        }
    }

    /** By any thread; of no effect when it has been done, or the connection was given back. Never throws. */
    void throwAway() {
        if (!casFate(Fate.THROWN_AWAY)) {
            return;
        }
        try {
            disposal.throwAway(connection);
        } catch (Throwable t) {
            PoolLog.couldNotThrowAway(t);
        }
    }
}
