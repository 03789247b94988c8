// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The stage and the timer of one time-out. Whichever comes first has it: the stage disarms the timer, or the timer cancels and the stage translates.
 *
 * <p>The timer's cancel must not reach what the pipeline does after the stage. If it has met the run, and waits there for what the run waits for, the stage takes it back. Should the stage come by on another thread while the timer is cancelling, it
 * has the pipeline wait for a gate, which takes the cancel if it arrives there and opens when the timer is done.
 */
final class Timeout<T extends @Nullable Object> implements Callback<@Nullable Object, @Nullable Object> {
    private enum State {
        ARMED,
        CANCELLING,
        OVER
    }

    private final Deferred<T> deferred;
    private final Duration timeout;
    private final @Nullable OnTimeout<T> onTimeout;

    // guarded by this
    private State state = State.ARMED;
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
            if (state != State.ARMED) {
                return;
            }
            state = State.CANCELLING;
            canceller = Thread.currentThread();
        }
        deferred.cancelNow(false, this);
        Deferred<@Nullable Object> waiting;
        Object result;
        synchronized (this) {
            state = State.OVER;
            waiting = gate;
            result = heldBack;
        }
        if (waiting != null) {
            waiting.fire(result); // unless the cancel has arrived there, and opened it
        }
    }

    @Override
    public Object call(@Nullable Object argument) throws Exception {
        DelayedCall disarmed = null;
        Deferred<@Nullable Object> wait = null;
        synchronized (this) {
            if (state == State.ARMED) {
                state = State.OVER;
                disarmed = call;
                call = null;
            } else if (state == State.CANCELLING && canceller != Thread.currentThread()) {
                Object result = Masked.mask(argument);
                wait = new Deferred<>(self -> self.fire(result));
                gate = wait;
                heldBack = result;
            }
        }
        if (disarmed != null) {
            disarmed.tryCancel();
            return Masked.as(argument);
        }
        if (wait == null) {
            deferred.withdrawCancel(this);
            return translate(argument);
        }
        Callback<@Nullable Object, @Nullable Object> translation = this::translate;
        wait.add(translation, translation);
        return wait;
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
