// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A function that an executor calls, and the Deferred that has its result. */
final class ThreadTask<T extends @Nullable Object> implements Runnable, Line {
    /*
     * State
     *
     *   QUEUED -run-> RUNNING -run-> OVER
     *   QUEUED, RUNNING -cancel-> CANCELLED
     *   RUNNING -cancel, with INTERRUPT-> INTERRUPTING -the same cancel-> INTERRUPTED
     *   QUEUED -refused by the executor-> OVER
     *
     * Invariants
     * I1 Who makes the state OVER fires the Deferred, a few instructions later; who makes it CANCELLED or INTERRUPTED has it fail with CancelledException.
     * I2 The thread is interrupted only while the state is INTERRUPTING, and it does not leave run() before that is past: no later task of it is hit.
     *
     * Accepted race: an interrupt by others that comes after ours is cleared with it. A pool that is being shut down looks at its own state, and interrupts again.
     *
     * Differences from Twisted: there a cancel reaches neither the thread nor a function that is still queued.
     */
    private enum State {
        QUEUED,
        RUNNING,
        INTERRUPTING,
        INTERRUPTED,
        CANCELLED,
        OVER
    }

    // immutable
    private final OnCancel onCancel;
    private final Deferred<T> deferred = new Deferred<>(new Withdraw<>(this));
    private final Works.@Nullable Work work = Works.of("function of deferToThread", deferred);

    // guarded by this
    private State state = State.QUEUED;
    private @Nullable Callable<? extends T> function;
    private @Nullable Thread runner;
    private @Nullable Thread canceller;

    private ThreadTask(OnCancel onCancel, Callable<? extends T> function) {
        this.onCancel = onCancel;
        this.function = function;
    }

    static <T extends @Nullable Object> Deferred<T> start(
            Executor executor, OnCancel onCancel, Callable<? extends T> function) {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(onCancel, "onCancel");
        Objects.requireNonNull(function, "function");
        ThreadTask<T> task = new ThreadTask<>(onCancel, ContextPropagation.carry(function));
        try {
            executor.execute(task);
        } catch (Throwable t) {
            task.end(State.QUEUED, Failure.caught(t, Masked.NIL, null)); // made first: it may report, and call users
        }
        return task.deferred;
    }

    @Override
    public void run() {
        Callable<? extends T> begun = begin();
        if (begun == null) {
            return;
        }
        Works.begin(work);
        Object result;
        try {
            result = Futures.checked(Masked.mask(begun.call()), "the function");
        } catch (Throwable t) {
            result = Failure.caught(t, Masked.NIL, null);
        }
        Works.end(work);
        end(State.RUNNING, result);
    }

    synchronized boolean isOver() {
        return state != State.QUEUED && runner == null;
    }

    private synchronized @Nullable Callable<? extends T> begin() {
        if (state != State.QUEUED) {
            return null;
        }
        state = State.RUNNING;
        runner = Thread.currentThread();
        Callable<? extends T> begun = function;
        function = null;
        return begun;
    }

    /** Fires the Deferred, if the state is still this one: otherwise what there is comes too late. */
    private void end(State before, Object result) {
        boolean inTime;
        synchronized (this) {
            inTime = state == before;
            if (inTime) {
                state = State.OVER;
                function = null;
                runner = null;
            }
        }
        if (!inTime) {
            clearInterrupt();
        }
        if (!inTime || !deferred.fire(result)) {
            deferred.late(result);
        }
    }

    /** For the thread that has run the function, after a cancel. */
    private void clearInterrupt() {
        while (isInterrupting()) {
            Busy.yieldToOwner();
        }
        if (isInterrupted()) {
            Thread.interrupted();
        }
    }

    private synchronized boolean isInterrupting() {
        return state == State.INTERRUPTING;
    }

    private synchronized boolean isInterrupted() {
        return state == State.INTERRUPTED;
    }

    /** Whether the cancel is in time; if not, whoever is about to fire the Deferred needs a few instructions more. */
    @Override
    public boolean withdraw(Pipeline waiter) {
        Thread interrupted;
        synchronized (this) {
            if (state != State.QUEUED && state != State.RUNNING) {
                return canceller == Thread.currentThread(); // it has come back to itself, by way of the interrupt
            }
            interrupted = onCancel == OnCancel.INTERRUPT ? runner : null;
            state = interrupted == null ? State.CANCELLED : State.INTERRUPTING;
            canceller = interrupted == null ? null : Thread.currentThread();
            function = null;
            runner = null;
        }
        if (interrupted != null) {
            interrupt(interrupted);
        }
        Works.cancelled(work);
        return true;
    }

    /** No monitor is held: what an interrupt does is up to what the thread is blocked in. */
    private void interrupt(Thread thread) {
        try {
            thread.interrupt();
        } catch (Throwable t) {
            UnhandledFailures.report(
                    new Failure(t), "the interrupt of a cancelled function"); // of a channel, say, that it blocks in
        } finally {
            synchronized (this) {
                state = State.INTERRUPTED;
                canceller = null;
            }
        }
    }

    @Override
    public synchronized String awaited() {
        return runner == null
                ? "an executor that has not begun its function yet"
                : "its function, on thread " + Site.nameOf(runner);
    }
}
