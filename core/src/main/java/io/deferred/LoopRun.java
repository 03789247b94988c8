// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one {@code start} of a {@link LoopingCall} has set going, to its end. It is the stage of the Deferreds that the function returns. */
final class LoopRun implements Callback<@Nullable Object, @Nullable Object> {
    /*
     * State
     *
     * CALLING   a call is under way: the function is running, or its Deferred is pending
     * WAITING   a call is armed, or is just being armed by the thread that is in arm()
     * OVER      start's Deferred has been fired, or this thread is about to
     *
     *   CALLING -schedule-> WAITING           the call has ended
     *   WAITING -tick-> CALLING               by the scheduler
     *   WAITING -reset-> WAITING              another call is armed in place of the one before
     *   WAITING -finish, failed-> OVER        stopped, cancelled, or not armed
     *   CALLING -schedule, failed-> OVER      the call has ended, and it was the last one
     *
     * Invariants
     * I1 The armed call is named by its number. One whose number is not the current one, or that comes when the run is not waiting, does nothing: so
     *    it does not matter when it is taken back, and a tick is never made twice.
     * I2 Only the change to OVER fires start's Deferred, and there is one such change.
     * I3 Of the cancel and the Deferred of the call under way each is told of the other: who comes second finds what the first has written.
     *
     * Why it is safe: the fields are guarded by this monitor, which is never held while the scheduler, the function or a Deferred is called.
     *
     * Accepted races: a cancel may reach the call's Deferred when that has just ended. What its owner has added behind this stage is cancelled then.
     *
     * Differences from Twisted: each start has a run, so that one that was stopped in the middle of a call can be started again; start's Deferred can be cancelled.
     */
    private enum Phase {
        CALLING,
        WAITING,
        OVER
    }

    // immutable
    private final LoopingCall loop;
    final Duration interval;
    final Deferred<LoopingCall> done = new Deferred<>(new PassOn<>(this::cancel));

    // guarded by this
    private final Ticks ticks;
    private Phase phase = Phase.CALLING;
    private boolean last;
    private boolean cancelled;
    private long number;
    private @Nullable DelayedCall armed;
    private @Nullable Deferred<?> pending;
    private @Nullable Thread canceller;

    LoopRun(LoopingCall loop, Duration interval, Ticks ticks) {
        this.loop = loop;
        this.interval = interval;
        this.ticks = ticks;
    }

    private long now() {
        return Durations.signedNanos(loop.scheduler.now());
    }

    void begin(LoopingCall.First first) {
        if (first == LoopingCall.First.NOW) {
            call();
        } else {
            schedule();
        }
    }

    // ---- a call

    private void tick(long number) {
        synchronized (this) {
            if (!isArmed(number)) {
                return;
            }
            phase = Phase.CALLING;
            armed = null;
        }
        call();
    }

    private boolean isArmed(long number) {
        return phase == Phase.WAITING && this.number == number;
    }

    private void call() {
        Object returned;
        try {
            long count = loop.counts ? count() : 1;
            returned = count == 0 ? null : loop.body.call(count);
        } catch (Throwable t) {
            returned = Failure.caught(t, Masked.NIL, null);
        }
        if (returned == done) {
            returned = new Failure(new IllegalStateException(
                    loop + " was to wait for the Deferred of its own start, which fires when the loop has ended"));
        }
        if (returned instanceof Deferred<?> deferred) {
            waitFor(deferred);
        } else {
            ended(returned);
        }
    }

    /** How many calls this one stands for; 0 if none is due. It counts from the last count of whichever start, as Twisted does. */
    private long count() {
        long now = now();
        for (; ; ) {
            Ticks.Count lastCount = loop.lastCount.get();
            long count;
            synchronized (this) {
                count = ticks.countUntil(now, lastCount);
            }
            if (count <= 0) {
                return 0;
            }
            if (loop.lastCount.compareAndSet(lastCount, new Ticks.Count(now))) {
                return count;
            }
        }
    }

    private void waitFor(Deferred<?> deferred) {
        boolean cancelledBefore;
        synchronized (this) {
            pending = deferred;
            cancelledBefore = cancelled;
        }
        deferred.add(this, this);
        if (cancelledBefore) {
            cancelCall();
        }
    }

    /** The Deferred of the call under way has fired. */
    @Override
    public Object call(@Nullable Object result) {
        synchronized (this) {
            pending = null;
        }
        ended(result);
        return Masked.as(null);
    }

    private void ended(@Nullable Object result) {
        if (result instanceof Failure failure) {
            fail(failure);
        } else {
            schedule();
        }
    }

    private void fail(Failure failure) {
        synchronized (this) {
            phase = Phase.OVER;
        }
        fire(failure);
    }

    // ---- arming the next one

    private void schedule() {
        long now;
        try {
            now = now();
        } catch (Throwable t) {
            fail(Failure.caught(t, Masked.NIL, null));
            return;
        }
        long next;
        long delay;
        Object end;
        synchronized (this) {
            end = last ? outcome() : null;
            phase = last ? Phase.OVER : Phase.WAITING;
            next = ++number;
            delay = ticks.untilNext(now);
        }
        if (end == null) {
            arm(next, delay);
        } else {
            fire(end);
        }
    }

    private void arm(long number, long delay) {
        DelayedCall call;
        try {
            call = loop.scheduler.callLater(Duration.ofNanos(delay), () -> tick(number));
        } catch (Throwable t) {
            notArmed(number, Failure.caught(t, Masked.NIL, null));
            return;
        }
        boolean stands;
        synchronized (this) {
            stands = isArmed(number);
            if (stands) {
                armed = call;
            }
        }
        if (!stands) {
            TakeBack.call(call);
        }
    }

    private void notArmed(long number, Failure failure) {
        boolean stands;
        synchronized (this) {
            stands = isArmed(number);
            if (stands) {
                phase = Phase.OVER;
            }
        }
        if (stands) {
            fire(failure);
        } else {
            done.late(failure); // it was stopped or reset meanwhile, and does without this call
        }
    }

    /**
     * Skips what is armed.
     *
     * @return false if it makes no further call
     */
    boolean reset() {
        long now = now();
        DelayedCall skipped;
        long next;
        long delay;
        synchronized (this) {
            if (last || phase == Phase.OVER) {
                return false;
            }
            if (phase == Phase.CALLING) {
                return true;
            }
            skipped = armed;
            armed = null;
            ticks.restart(now);
            next = ++number;
            delay = ticks.untilNext(now);
        }
        TakeBack.call(skipped); // if it is null, the thread that is arming it will find that it is not wanted
        arm(next, delay);
        return true;
    }

    // ---- ending

    void stop() {
        finish(false);
    }

    private void cancel() {
        loop.leave(this);
        finish(true);
        cancelCall();
    }

    private void finish(boolean cancel) {
        DelayedCall unneeded;
        Object end;
        synchronized (this) {
            if (phase == Phase.OVER) {
                return;
            }
            last = true;
            cancelled |= cancel;
            if (phase == Phase.CALLING) {
                return; // schedule() will see it
            }
            phase = Phase.OVER;
            unneeded = armed;
            armed = null;
            end = outcome();
        }
        TakeBack.call(unneeded);
        fire(end);
    }

    /** Cancels the Deferred of the call under way, unless this thread is doing so: it may wait, by some way round, for this loop. */
    private void cancelCall() {
        Thread me = Thread.currentThread();
        Deferred<?> hit;
        synchronized (this) {
            hit = canceller == me ? null : pending;
            if (hit == null) {
                return;
            }
            canceller = me;
        }
        hit.cancel();
        synchronized (this) {
            canceller = canceller == me ? null : canceller;
        }
    }

    private Object outcome() {
        return cancelled ? new Failure(CancelledException.of(done)) : loop;
    }

    private void fire(Object end) {
        loop.leave(this);
        if (!done.fire(end)) {
            done.late(end); // somebody else has fired it
        }
    }
}
