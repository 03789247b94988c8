// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The body of {@link Deferred#async}: straight-line code on a thread of its own. */
final class Body<T extends @Nullable Object> implements Runnable, GoOnWith<T> {
    /*
     * The body runs, awaits one Deferred, or has ended.
     *
     * A cancel fires the target, which then waits for a successor, and is handed on: to what the body awaits, or, while it runs, to its next await. The successor is the target from then on.
     *
     * Invariants
     * I1 There is one target at a time, and a cancel replaces it before it fires it: so at its end the body fires the target, or finds another one.
     * I2 What is awaited is forgotten by the thread that brings its result, in the run that brings it. A cancel that finds it gone, or that is left with that run, therefore comes back to the
     *    target, and meets the body running or at its next await: none is lost.
     */
    private static final ThreadLocal<@Nullable Body<?>> CURRENT = new ThreadLocal<>();

    // immutable
    private final Callable<? extends T> code;

    /** Of the Deferred that its maker has, which the first cancel replaces. */
    private final Works.@Nullable Work work;

    // guarded by this
    private Deferred<T> target = new Deferred<>(this);
    private @Nullable Await awaited; // the innermost one
    private boolean cancelIsPending;
    private boolean delivering;

    private Body(Callable<? extends T> code) {
        this.code = code;
        this.work = Works.of("body of async", target);
    }

    static <T extends @Nullable Object> Deferred<T> start(Callable<? extends T> code) {
        return start(code, BodyThreads.shared());
    }

    static <T extends @Nullable Object> Deferred<T> start(Callable<? extends T> code, Executor threads) {
        Body<T> body = new Body<>(ContextPropagation.carry(Objects.requireNonNull(code, "body")));
        Deferred<T> whole = body.target();
        try {
            threads.execute(body);
        } catch (Throwable t) {
            whole.fire(new Failure(t));
            return whole;
        }
        body.letRun();
        return whole;
    }

    /** The body that this thread runs, if any. */
    static @Nullable Body<?> current() {
        return CURRENT.get();
    }

    /** Called when it has been started or resumed, by the thread that did. */
    void letRun() {
        BodyWatch watch = BodyWatch.Installed.watch;
        if (watch != null) {
            watch.untilItRests(this);
        }
    }

    /** Called by its own thread. */
    void rest() {
        BodyWatch watch = BodyWatch.Installed.watch;
        if (watch != null) {
            watch.rests(this);
        }
    }

    @Override
    public void run() {
        CURRENT.set(this);
        Works.begin(work);
        Object result = result();
        Works.end(work);
        CURRENT.remove();
        Thread.interrupted(); // a cancel that came too late, and none of the callbacks' business
        end(result);
        rest();
    }

    private Object result() {
        Object value;
        try {
            value = code.call();
        } catch (InterruptedException e) {
            return new Failure(e); // nobody above has to be told: the thread is the body's own
        } catch (Throwable t) {
            Failure awaited = work == null ? null : work.awaitedFailure;
            return awaited != null && awaited.exception() == t ? awaited : Failure.caught(t, Masked.NIL, target());
        }
        if (value instanceof Deferred<?> deferred) {
            return new Failure(new IllegalArgumentException("the body of an async returned " + deferred
                    + ", but a Deferred is never the result of another; return what its await() gives"));
        }
        return Masked.mask(value);
    }

    private void end(Object result) {
        for (Deferred<T> last = target(); !last.fire(result); ) {
            Deferred<T> next = target();
            if (next == last) {
                last.late(result); // whoever holds it has fired it
                return;
            }
            last = next;
        }
    }

    private synchronized Deferred<T> target() {
        return target;
    }

    /** Whether the Deferred cannot fire before this body has ended. */
    synchronized boolean ends(Pipeline deferred) {
        return deferred == target;
    }

    // ---- cancelling

    @Override
    public synchronized @Nullable Deferred<T> successorOf(Pipeline cancelled) {
        if (cancelled != target) {
            return null;
        }
        target = new Deferred<>(this);
        return target;
    }

    @Override
    public void passOn() {
        Works.cancelled(work);
        deliver();
    }

    /** Hands a cancel to what is awaited. False where that does not heed it: it is paused with its result, or this thread runs its callbacks. */
    boolean deliver() {
        Await found = awaitedOrPending(null);
        while (found != null && found.deferred().cancelFor(target(), false, null) == Cancellation.NOTHING_TO_STOP) {
            if (found.deferred().paused() || found.deferred().runner() == Thread.currentThread()) {
                return false;
            }
            found = awaitedOrPending(found); // it has its result, which the body is just getting
        }
        return true;
    }

    /** What the body awaits. If that is nothing, or what has been found to have its result, the cancel is for its next await: null. */
    private synchronized @Nullable Await awaitedOrPending(@Nullable Await over) {
        if (awaited == null || awaited == over) {
            cancelIsPending = true;
            return null;
        }
        return awaited;
    }

    /** Leaves a cancel for the next await. */
    synchronized void keepCancel() {
        cancelIsPending = true;
    }

    /** Takes the cancel that has found it running; false if there was none. */
    synchronized boolean takeCancel() {
        boolean taken = cancelIsPending;
        cancelIsPending = false;
        return taken;
    }

    /** From running to awaiting; takes the cancel that has found it running until then. A callback that its thread runs within an await may await too. */
    synchronized boolean awaits(Await await, boolean cancelledBefore) {
        await.outer = awaited;
        awaited = await;
        delivering = takeCancel() || cancelledBefore;
        return delivering;
    }

    /** The cancel that it has brought to its await is there. */
    synchronized void hasDelivered() {
        delivering = false;
    }

    /** From awaiting to running, by the thread that brings the result. */
    synchronized void resumed(Await await) {
        if (awaited == await) {
            awaited = await.outer;
            return;
        }
        for (Await inner = awaited; inner != null; inner = inner.outer) {
            if (inner.outer == await) {
                inner.outer = await.outer;
            }
        }
    }

    /** The one that it awaits now; null if its code runs, or still cancels what it has come to await. */
    synchronized @Nullable Deferred<?> awaitedNow() {
        return awaited == null || delivering ? null : awaited.deferred();
    }

    /** In debug mode notes that it goes on with what that one has given. */
    void isGiven(Pipeline awaited, Object result) {
        if (work == null) {
            return;
        }
        awaited.tellGiven(target(), result);
        work.awaitedFailure = result instanceof Failure failure ? failure : null;
    }

    /** The failure of an await that the cancel of this body has ended. */
    CancelledException cancelled() {
        return CancelledException.of(target());
    }
}
