// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call of a {@link SystemScheduler}, by which the scheduler also keeps it, and which the executor is given: one object for all. */
abstract class TimerEntry implements DelayedCall, Runnable {
    /** The index of a call that is over. */
    static final int CALLED = -1;

    static final int CANCELLED = -2;

    // immutable
    private final @Nullable Timekeeper owner;

    // shared: guarded by the owner
    long due;
    int order;
    int index;

    /** Makes one that is not armed yet; without an owner it never is. */
    TimerEntry(@Nullable Timekeeper owner) {
        this.owner = owner;
    }

    /** Does what was to be done. */
    abstract void perform();

    /** Makes the call, if the executor has it to make. */
    @Override
    public void run() {
        if (!owner().begin(this)) {
            return;
        }
        try {
            perform();
        } catch (Throwable t) {
            UnhandledFailures.report(new Failure(t), "a delayed call");
        }
    }

    private Timekeeper owner() {
        return Objects.requireNonNull(owner, "this was never armed");
    }

    /** Throws what the user is to be told who cancels or moves it, if it is over. For the owner. */
    void checkActive() {
        if (index == CALLED) {
            throw new DelayedCallCalledException();
        }
        if (index == CANCELLED) {
            throw new DelayedCallCancelledException();
        }
    }

    @Override
    public Duration time() {
        synchronized (owner()) {
            return Duration.ofNanos(due);
        }
    }

    @Override
    public boolean active() {
        synchronized (owner()) {
            return index >= 0;
        }
    }

    @Override
    public void cancel() {
        owner().cancel(this);
    }

    @Override
    public boolean tryCancel() {
        return owner().tryCancel(this);
    }

    @Override
    public void reset(Duration fromNow) {
        long nanos = Durations.nanos(fromNow, "time from now");
        long now = Timekeeper.now();
        owner().move(this, due -> Durations.later(now, nanos));
    }

    @Override
    public void delay(Duration longer) {
        long nanos = Durations.signedNanos(longer);
        long now = Timekeeper.now();
        owner().move(this, due -> Math.max(now, Durations.later(due, nanos)));
    }

    @Override
    public String toString() {
        return owner == null
                ? super.toString()
                : "DelayedCall[" + (active() ? "ARMED" : "over") + ", due " + time() + "]";
    }
}
