// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The stage and the timer of one time-out; on a system scheduler also the call that is armed: 48 bytes for all. Whichever comes first has it: the stage disarms the timer, or the timer
 * cancels and the stage translates.
 */
final class Timeout<T extends @Nullable Object> extends TimerEntry
        implements Callback<@Nullable Object, @Nullable Object> {
    /*
     * State
     *
     * Waiting   null            this itself is armed, or it is not known yet what is
     *           DelayedCall     that is armed, on a scheduler of another kind
     * Passed    PASSED          the stage has come first
     * Struck    TimeoutCancel   the timer has
     *
     *   null -> DelayedCall       (start; fails if the timer has struck already. The stage comes later: it is added after this.)
     *   Waiting -> Passed         (call)
     *   Waiting -> Struck         (perform)
     */
    private static final Object PASSED = new Object();

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Timeout.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // immutable
    private final Deferred<T> deferred;
    private final Duration timeout;
    private final @Nullable OnTimeout<T> onTimeout;

    // shared: CAS
    private volatile @Nullable Object state;

    private Timeout(
            Deferred<T> deferred, Duration timeout, @Nullable OnTimeout<T> onTimeout, @Nullable Timekeeper owner) {
        super(owner);
        this.deferred = deferred;
        this.timeout = timeout;
        this.onTimeout = onTimeout;
    }

    /** Makes one that is armed, and is to be added as a stage. */
    static <T extends @Nullable Object> Timeout<T> start(
            Deferred<T> deferred, Duration timeout, Scheduler scheduler, @Nullable OnTimeout<T> onTimeout) {
        Timekeeper owner = SystemScheduler.timekeeperOf(scheduler);
        Timeout<T> started = new Timeout<>(deferred, timeout, onTimeout, owner);
        if (owner != null) {
            owner.arm(started, Durations.nanos(timeout, "delay"));
        } else {
            DelayedCall armed = scheduler.callLater(timeout, started::perform);
            STATE.compareAndSet(started, null, armed);
        }
        return started;
    }

    /** The timer's call. */
    @Override
    void perform() {
        TimeoutCancel cancel = new TimeoutCancel();
        for (Object s = state; s != PASSED; s = state) {
            if (STATE.compareAndSet(this, s, cancel)) {
                cancel.send(deferred);
                return;
            }
        }
    }

    @Override
    public Object call(@Nullable Object argument) throws Exception {
        Object armed = state;
        Object met = armed instanceof TimeoutCancel ? armed : STATE.compareAndExchange(this, armed, PASSED);
        if (met instanceof TimeoutCancel cancel) {
            return callAfter(cancel, argument);
        }
        TakeBack.call(armed == null ? this : (DelayedCall) armed);
        return Masked.as(argument);
    }

    /** The timer was first. */
    private Object callAfter(TimeoutCancel cancel, @Nullable Object argument) throws Exception {
        deferred.withdrawCancel(cancel);
        Deferred<@Nullable Object> wait = cancel.gateFor(argument);
        if (wait == null) {
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
