// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for a Deferred and takes its result: a stage that wakes it. */
final class Await implements Callback<@Nullable Object, @Nullable Object> {
    private final Thread thread = Thread.currentThread();
    private final Deferred<?> deferred;
    private final @Nullable Body<?> body;

    /** What the body awaited already when a callback that ran within that began this one. Guarded by the body. */
    @Nullable
    Await outer;

    /** In slot form; null until it is there. */
    private volatile @Nullable Object result;

    private Await(Deferred<?> deferred, @Nullable Body<?> body) {
        this.deferred = deferred;
        this.body = body;
    }

    Deferred<?> deferred() {
        return deferred;
    }

    /** The result, in slot form. */
    static Object result(Deferred<?> deferred) {
        Body<?> body = Body.current();
        refuseToHang(deferred, body);
        boolean interrupted = Thread.interrupted();
        boolean cancelled = body != null && body.takeCancel();
        cancelled |= interrupted;
        if (!cancelled) {
            Object taken = deferred.takeForThread();
            if (taken != null) {
                if (body != null) {
                    body.isGiven(deferred, taken);
                }
                return taken;
            }
        } else if (deferred.resultNow() != null && !deferred.paused()) {
            throw body == null ? CancelledException.of(deferred) : body.cancelled();
        }
        return new Await(deferred, body).await(interrupted, cancelled);
    }

    private static void refuseToHang(Deferred<?> deferred, @Nullable Body<?> body) {
        OwnThreads.refuseOnEventLoop("await()", deferred);
        if (OwnThreads.isOneOfThem()) {
            throw new IllegalStateException(
                    "await() was called on " + deferred
                            + " by the thread that keeps a scheduler's time or makes its calls, which would all stand still meanwhile; add a callback instead, or call it inside Deferred.async");
        }
        for (Pipeline p = deferred; p != null; p = p.waitsFor()) {
            if (p.runner() == Thread.currentThread()) {
                throw new IllegalStateException("await() was called on " + deferred + " by a callback of "
                        + (p == deferred ? "its own" : p.describe() + ", which it waits for")
                        + ": it would wait for itself; return the Deferred from the callback instead");
            }
            if (body != null && body.ends(p)) {
                throw new IllegalStateException("await() was called on " + deferred
                        + " by the very body whose end it waits for: it would wait for itself");
            }
        }
    }

    private Object await(boolean interruptedBefore, boolean cancelledBefore) {
        boolean interrupted = interruptedBefore;
        boolean cancelled = body == null ? cancelledBefore : body.awaits(this, cancelledBefore);
        deferred.add(this, this);
        if (cancelled) {
            cancel();
            if (body != null) {
                body.hasDelivered();
            }
        }
        if (body != null && result == null) {
            body.rest();
        }
        Parking parking = result == null ? Parking.begin(deferred) : null;
        Object found;
        while ((found = result) == null) {
            LockSupport.park(deferred);
            if (Thread.interrupted()) {
                interrupted = true;
                cancel();
            }
        }
        Parking.end(parking);
        if (body != null) {
            body.isGiven(deferred, found);
        }
        if (interrupted && body == null && !tellsOfCancel(found)) {
            thread.interrupt(); // whoever owns this thread is still to know
        }
        return found;
    }

    private static boolean tellsOfCancel(Object found) {
        return found instanceof Failure failure && failure.exception() instanceof CancellationException;
    }

    private void cancel() {
        if (body == null) {
            deferred.cancel();
        } else if (!body.deliver()) {
            body.keepCancel();
        }
    }

    @Override
    public Object call(@Nullable Object argument) {
        if (body != null) {
            body.resumed(this);
        }
        result = Masked.mask(argument);
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
            if (body != null) {
                body.letRun();
            }
        }
        return Masked.as(null);
    }
}
