// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operation is at on its connection just now, so that a cancel finds it: a statement, or a Deferred that it waits for. */
final class Running {
    /*
     * Why no cancel is lost: who begins something shows it first and then looks whether it is still wanted; who cancels says so first and then looks at what is shown. And while an operation that was cancelled has not
     * ended, its statements are cancelled again and again (StatementCancel): most drivers ignore a cancel that comes a moment before the statement has begun.
     *
     * Invariant I1: no statement is closed by us, and no connection given back or rolled back, while Statement.cancel() is being called: drivers cancel by connection, and it would hit what comes next. So what is taken to be cancelled is
     * counted in the same step in which it is looked up, and the thread of the operation waits until none is (settle). It also waits while its connection is being thrown away by another thread: given back to a pool meanwhile, it might be somebody else's.
     */
    private static final int TRACKED_BEFORE_A_LOOK = 16;

    // shared: written by the thread of the operation alone
    private volatile @Nullable Statement statement;
    private volatile @Nullable Deferred<?> awaited;
    private volatile boolean isOver;
    private @Nullable String sql; // written before statement

    // shared
    private volatile boolean unwanted;

    // guarded by this
    private int cancelCalls;
    private boolean wasCancelled;
    private @Nullable StatementCancel cancel;

    /** Changed under the monitor of this, by the thread of the operation alone. */
    private @Nullable List<Statement> tracked;

    // confined to the thread of the operation
    private int trackedLimit = TRACKED_BEFORE_A_LOOK;

    // ---- for the thread of the operation

    void begin(Statement begun, String itsSql) {
        sql = itsSql;
        statement = begun;
        if (unwanted) {
            end();
            checkWanted();
        }
    }

    /** The statement is over, whichever way. */
    void end() {
        statement = null;
        settle();
    }

    /** A statement that a user has made and may run and close at any time. */
    void track(Statement made) throws SQLException {
        List<Statement> known = tracked;
        boolean looks = known != null && known.size() >= trackedLimit;
        List<Statement> open = known == null ? new ArrayList<>() : looks ? stillOpen(known) : known;
        if (looks) {
            trackedLimit = Math.max(TRACKED_BEFORE_A_LOOK, 2 * open.size());
        }
        add(open, made);
    }

    /** The driver is asked outside of the monitor. */
    private static List<Statement> stillOpen(List<Statement> known) throws SQLException {
        List<Statement> open = new ArrayList<>();
        for (Statement one : known) {
            if (!one.isClosed()) {
                open.add(one);
            }
        }
        return open;
    }

    private synchronized void add(List<Statement> open, Statement made) {
        open.add(made);
        tracked = open;
    }

    void checkWanted() {
        if (unwanted) {
            throw cancelled();
        }
    }

    /** For the work that goes on although nobody wants it any more. */
    static CancelledException cancelled() {
        return new CancelledException("the operation was cancelled");
    }

    void await(Deferred<?> deferred) throws Exception {
        awaited = deferred;
        try {
            if (unwanted) {
                deferred.cancel();
            }
            deferred.await();
        } finally {
            awaited = null;
        }
        checkWanted();
    }

    /** Waits until nobody is just cancelling a statement. */
    void settle() {
        if (unwanted) {
            awaitCancelCalls();
        }
    }

    private synchronized void awaitCancelCalls() {
        boolean interrupted = false;
        while (cancelCalls > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** All statements are over. */
    void endAll() {
        if (tracked != null) {
            untrack();
        }
        settle();
    }

    private synchronized void untrack() {
        tracked = null;
    }

    /** Nothing more will be begun. */
    void finish() {
        isOver = true; // before it looks whether there is a cancel to be ended: see attach
        endAll();
        if (unwanted) {
            endCancel();
        }
    }

    private void endCancel() {
        StatementCancel underWay;
        synchronized (this) {
            underWay = cancel;
        }
        if (underWay != null) {
            underWay.end();
        }
    }

    /** Whether a statement on this connection has been told to stop: something of that may still be on its way. */
    boolean wasCancelled() {
        return unwanted && wasToldToStop();
    }

    private synchronized boolean wasToldToStop() {
        return wasCancelled;
    }

    // ---- for others

    /** From now on nothing more is to be begun. */
    void unwant() {
        unwanted = true;
        Deferred<?> waitedFor = awaited;
        if (waitedFor != null) {
            waitedFor.cancel();
        }
    }

    /** Has it ended by {@link #finish}; false if that is past. To be called after {@link #unwant}. */
    synchronized boolean attach(StatementCancel begun) {
        cancel = begun;
        return !isOver;
    }

    /** Cancels the statements that run. Blocks as long as the driver does. */
    void cancelStatements() throws Exception {
        List<Statement> targets = takeToCancel();
        Exception first = null;
        try {
            for (Statement target : targets) {
                try {
                    if (!target.isClosed()) {
                        target.cancel();
                    }
                } catch (Exception e) { // the next one may be the one that runs
                    if (first == null) {
                        first = e;
                    } else {
                        first.addSuppressed(e);
                    }
                }
            }
        } finally {
            endCall();
        }
        if (first != null) {
            throw first;
        }
    }

    /** Does this while the connection is certain not to have been given back; not at all if it may have been. The thread of the operation waits for it, as for a cancel. */
    void whileItLasts(Runnable action) {
        if (beginCall()) {
            try {
                action.run();
            } finally {
                endCall();
            }
        }
    }

    private synchronized boolean beginCall() {
        if (isOver || !unwanted) {
            return false;
        }
        cancelCalls++;
        return true;
    }

    private synchronized List<Statement> takeToCancel() {
        cancelCalls++;
        List<Statement> targets = new ArrayList<>();
        if (statement != null) {
            targets.add(statement);
        }
        if (tracked != null) {
            targets.addAll(tracked);
        }
        wasCancelled |= !targets.isEmpty();
        return targets;
    }

    private synchronized void endCall() {
        cancelCalls--;
        notifyAll();
    }

    /** In words, for dumps; null while it is at neither. */
    @Nullable
    String awaited() {
        Deferred<?> page = awaited;
        if (page != null) {
            return "the consumer of a page, " + page;
        }
        return statement == null ? null : "the statement '" + Labels.of(String.valueOf(sql)) + "'";
    }
}
