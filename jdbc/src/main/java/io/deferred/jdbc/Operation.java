// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.AlreadyCalledException;
import io.deferred.Callback;
import io.deferred.CancelledException;
import io.deferred.Canceller;
import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.spi.Awaiting;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation on the database: the canceller of its Deferred, and what a thread of the pool runs. */
final class Operation<T extends @Nullable Object> extends Line.Place implements Canceller<T>, Awaiting {
    /*
     * State
     *
     *   WAITING -perform-> RUNNING -perform-> COMMITTING -perform-> OVER
     *   WAITING, RUNNING -perform-> OVER       (it has failed, or there was nothing to commit)
     *   WAITING, RUNNING -cancel-> CANCELLED
     *   COMMITTING -cancel-> UNKNOWN
     *
     * It is WAITING in the line, and while the data source is asked for a connection.
     *
     * Invariants
     * I1 Who makes the state CANCELLED has the Deferred fail with CancelledException, and nothing is committed then. Who makes it UNKNOWN fails it with OutcomeUnknownException.
     * I2 Who makes the state OVER has set the result before, and fires the Deferred when the connection has been given back. A cancel that comes in between fires it with the same: one of the two finds it fired.
     * I3 The connection is given back by the thread that has taken it, after the last statement on it has ended, whatever has become of the Deferred.
     * I4 Statements are cancelled, and connections taken away, only when the state is CANCELLED or UNKNOWN, which it then stays. Who has made it OVER need not look for either.
     */
    private enum State {
        WAITING,
        RUNNING,
        COMMITTING,
        OVER,
        CANCELLED,
        UNKNOWN
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Operation.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // immutable
    private final ConnectionPool pool;
    private final String label;
    private final Ending ending;
    private final Deferred<T> deferred;
    private final Duration begun;

    // shared: CAS
    private volatile State state = State.WAITING;

    // written before the state says so
    private @Nullable T value;
    private @Nullable Failure failure;

    /** Whoever reads it too late finds by the state that it is of no more use. */
    private @Nullable Callback<? super Session, ? extends T> work;

    // shared
    private volatile @Nullable Duration cancelled;
    private @Nullable Lease lease; // written before the state says RUNNING; stays when it has ended
    private @Nullable Running running; // the same: made by the thread of the pool, in whose cache it stays

    /** What of it others see is for people to read, and may be late. */
    private @Nullable Thread thread;

    Operation(ConnectionPool pool, String label, Ending ending, Callback<? super Session, ? extends T> work) {
        this.pool = pool;
        this.label = label;
        this.ending = ending;
        this.work = work;
        this.begun = pool.now();
        this.deferred = new Deferred<>(this).named(label);
    }

    Deferred<T> deferred() {
        return deferred;
    }

    private boolean casState(State from, State to) {
        return STATE.compareAndSet(this, from, to);
    }

    // ---- the thread of the pool

    /** Does all of it. Never throws. */
    void perform() {
        try {
            tryToPerform();
        } catch (Throwable t) { // there is no memory left, or no stack: whoever waits must hear of it
            failure = new Failure(t);
            state = State.OVER;
            fire();
        }
    }

    private void tryToPerform() {
        Callback<? super Session, ? extends T> taken = work;
        if (taken == null || state != State.WAITING) {
            return;
        }
        work = null;
        thread = Thread.currentThread();
        Lease held;
        try {
            held = pool.lend();
        } catch (Throwable t) {
            endWith(new Failure(t), State.WAITING);
            return;
        }
        lease = held;
        Running mine = new Running();
        running = mine;
        try {
            if (casState(State.WAITING, State.RUNNING)) {
                runOn(held, mine, taken);
            }
        } finally {
            if (state == State.OVER) {
                held.end();
            } else {
                mine.finish();
                held.endAfterCancel(mine.wasCancelled());
            }
        }
        if (state == State.OVER) {
            fire();
        }
    }

    private void runOn(Lease held, Running mine, Callback<? super Session, ? extends T> taken) {
        boolean committing = false;
        Failure returned = null;
        try {
            if (ending == Ending.COMMIT) {
                held.beginTransaction();
            }
            T result = Session.run(held.connection, mine, taken);
            mine.endAll();
            if (result instanceof Failure failed) {
                returned = failed;
                failed.raise();
            }
            refuseDeferred(result);
            if (held.isToBeCommitted()) {
                committing = casState(State.RUNNING, State.COMMITTING);
                if (!committing) {
                    throw Running.cancelled();
                }
                held.commit();
            }
            value = result;
            if (!casState(committing ? State.COMMITTING : State.RUNNING, State.OVER)) {
                PoolLog.late(this, committing, null);
            }
        } catch (Throwable t) {
            mine.endAll();
            Failure failed = held.undo(returned == null ? new Failure(t) : returned);
            endWith(failed, committing ? State.COMMITTING : State.RUNNING);
        }
    }

    private static void refuseDeferred(@Nullable Object result) {
        if (result instanceof Deferred<?> returned) {
            throw new IllegalArgumentException(
                    "the function returned " + returned
                            + ", but its connection is gone when that fires; return a value, and chain what follows behind the operation");
        }
    }

    /** Ends it with a failure, unless a cancel has been first. Without a connection it fires, too. */
    private void endWith(Failure failed, State before) {
        failure = failed;
        if (!casState(before, State.OVER)) {
            PoolLog.late(this, before == State.COMMITTING, failed);
        } else if (before == State.WAITING) {
            fire();
        }
    }

    /** What cannot be run at all. */
    void refuse(Failure why) {
        work = null;
        endWith(why, State.WAITING);
    }

    @SuppressWarnings("NullAway") // the value is null only where the type of the result says so
    private void fire() {
        try {
            if (failure != null) {
                deferred.errback(failure);
            } else {
                deferred.callback(value);
            }
        } catch (AlreadyCalledException e) {
            // by a cancel, with the same: see I2
        }
    }

    // ---- others

    @Override
    public void cancel(Deferred<T> self) {
        for (; ; ) {
            State now = state;
            switch (now) {
                case WAITING, RUNNING -> {
                    if (casState(now, State.CANCELLED)) {
                        cancelled(now);
                        return;
                    }
                }
                case COMMITTING -> {
                    if (casState(State.COMMITTING, State.UNKNOWN)) {
                        cancelled(now);
                        self.errback(OutcomeUnknownException.atCommit(
                                new CancelledException("cancelled while the commit was on its way")));
                        return;
                    }
                }
                case OVER -> {
                    fire();
                    return;
                }
                case CANCELLED, UNKNOWN -> {
                    return;
                }
            }
        }
    }

    private void cancelled(State before) {
        cancelled = pool.now();
        if (before == State.WAITING) {
            work = null;
            pool.withdraw(this);
            return;
        }
        Running its = Objects.requireNonNull(running, "running"); // as the state says
        its.unwant();
        if (before == State.RUNNING) {
            pool.cancelStatementsOf(this, its);
        }
    }

    /** Takes the connection away from statements that do not end although they were cancelled. Blocks as long as the driver does. */
    void abort() {
        State now = state;
        Lease held = lease; // after the state
        Running its = running;
        if (held != null && its != null && (now == State.CANCELLED || now == State.UNKNOWN)) {
            its.whileItLasts(held::throwAway);
        }
    }

    @Override
    public String awaited() {
        State now = state;
        Thread runner = thread;
        if (runner == null) {
            return "a connection of " + pool;
        }
        Running its = running;
        String what = its == null ? null : its.awaited();
        if (what == null) {
            if (lease == null) {
                what = "a connection, which the data source is asked for";
            } else if (now == State.COMMITTING || now == State.UNKNOWN) {
                what = "its commit";
            } else if (now == State.OVER) {
                what = "the data source, which its connection is given back to";
            } else {
                what = "its function";
            }
        }
        return what + ", on thread " + runner.getName();
    }

    UnderWay shown(Duration now) {
        Duration since = cancelled;
        return new UnderWay(
                label, awaited(), now.minus(begun), Optional.ofNullable(since).map(now::minus));
    }

    @Override
    public String toString() {
        return "'" + label + "'";
    }
}
