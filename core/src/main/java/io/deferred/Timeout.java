// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The stage and the timer of one time-out. Whichever comes first has it: the stage disarms the timer, or the timer cancels and the stage translates.
 *
 * <p>The timer's cancel must not reach what the pipeline does after the stage. If it has met the run, and waits there for what the run waits for, the stage takes it back. If it is
 * under way on another thread when the stage comes by, the stage has the pipeline wait for a gate, which takes the cancel if it arrives there, and opens when the cancel has come to
 * its end wherever that is.
 */
final class Timeout<T extends @Nullable Object> implements Callback<@Nullable Object, @Nullable Object> {
    private final Deferred<T> deferred;
    private final Duration timeout;
    private final @Nullable OnTimeout<T> onTimeout;

    // guarded by this
    private boolean passed;
    private boolean timedOut;
    private int underWay; // the timer's own call, and each request that it has left with a run
    private @Nullable Thread canceller;
    private @Nullable Deferred<@Nullable Object> gate;
    private Object heldBack = Masked.NIL;
    private @Nullable DelayedCall call;

    Timeout(Deferred<T> deferred, Duration timeout, @Nullable OnTimeout<T> onTimeout) {
        this.deferred = deferred;
        this.timeout = timeout;
        this.onTimeout = onTimeout;
    }

    void arm(Scheduler scheduler) {
        DelayedCall armed = scheduler.callLater(timeout, this::timeOut);
        synchronized (this) {
            call = armed;
        }
    }

    private void timeOut() {
        synchronized (this) {
            if (passed) {
                return;
            }
            timedOut = true;
            underWay = 1;
            canceller = Thread.currentThread();
        }
        deferred.cancelNow(false, this);
        synchronized (this) {
            canceller = null;
        }
        atItsEnd();
    }

    /** One more of its cancels is left with a run. */
    synchronized void leftWithARun() {
        underWay++;
    }

    /** One of its cancels has done what it could, or was taken back. */
    void atItsEnd() {
        Deferred<@Nullable Object> opened;
        Object result;
        synchronized (this) {
            underWay--;
            opened = underWay == 0 ? gate : null;
            result = heldBack;
        }
        if (opened != null) {
            opened.fire(result); // unless the cancel has arrived there, and opened it
        }
    }

    @Override
    public Object call(@Nullable Object argument) throws Exception {
        if (passesInTime()) {
            return Masked.as(argument);
        }
        deferred.withdrawCancel(this);
        Deferred<@Nullable Object> wait = gateFor(argument);
        if (wait == null) {
            return translate(argument);
        }
        Callback<@Nullable Object, @Nullable Object> translation = this::translate;
        wait.add(translation, translation);
        return wait;
    }

    private boolean passesInTime() {
        DelayedCall disarmed;
        synchronized (this) {
            if (timedOut) {
                return false;
            }
            passed = true;
            disarmed = call;
            call = null;
        }
        if (disarmed != null) {
            disarmed.tryCancel();
        }
        return true;
    }

    /** What the pipeline is to wait for; null if no cancel is under way, or this is its own doing. */
    private synchronized @Nullable Deferred<@Nullable Object> gateFor(@Nullable Object argument) {
        if (underWay == 0 || canceller == Thread.currentThread()) {
            return null;
        }
        Object result = Masked.mask(argument);
        heldBack = result;
        gate = new Deferred<>(self -> self.fire(result));
        return gate;
    }

    private Object translate(@Nullable Object argument) throws Exception {
        if (onTimeout != null) {
            return Masked.as(onTimeout.onTimeout(Adapters.outcome(argument), timeout));
        }
        if (argument instanceof Failure failure && failure.exception() instanceof CancellationException) {
            String label = deferred.label();
            throw new TimeoutException(
                    (label == null ? "timed out" : "'" + label + "' timed out") + " after " + timeout);
        }
        return Masked.as(argument);
    }
}
