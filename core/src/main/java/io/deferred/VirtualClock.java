// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose time stands still until somebody moves it: for tests. It starts at zero. Twisted's {@code Clock}.
 *
 * <p>Calls are made by the thread that moves the time, and what one throws leaves the method that moved it: what has not run yet stays armed. No lock is held
 * meanwhile. Any thread may use it.
 */
public final class VirtualClock implements Scheduler {
    private final TreeSet<Call> armed =
            new TreeSet<>(Comparator.comparingLong((Call c) -> c.due).thenComparingLong(c -> c.place));

    private final @Nullable RandomGenerator random;

    private long now;
    private long made;

    /** Makes a clock that stands at zero. */
    public VirtualClock() {
        this.random = null;
    }

    /**
     * Makes a clock that stands at zero, and makes calls that are due at the same time in an order drawn by lot: for tests of what must not depend on it. Each is drawn when it is armed, by the arming thread.
     *
     * @param random draws; with a seed, so that an order can be had again
     */
    public VirtualClock(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Returns the time to which it has been moved. */
    @Override
    public synchronized Duration now() {
        return Duration.ofNanos(now);
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        Objects.requireNonNull(action, "action");
        long lot = random == null ? 0 : random.nextLong(); // before the monitor is taken: it may be a user's
        Call call = arm(Durations.nanos(delay, "delay"), lot, action);
        Leftover.armed(call, action);
        return call;
    }

    private synchronized Call arm(long nanos, long lot, Runnable action) {
        Call call = new Call(Durations.later(now, nanos), random == null ? made++ : lot, action);
        call.takePlace();
        return call;
    }

    @Override
    public synchronized List<DelayedCall> delayedCalls() {
        return new ArrayList<>(armed);
    }

    /**
     * Moves the time on, from one due call to the next: each call sees the time at which it was due, and what it arms for later in this span is made too. So two sleeps in
     * a row end in one call of this. If a call throws, the time stays where that call was due.
     *
     * @param by how far
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration by) {
        long end = later(by);
        for (Call call = nextUntil(end, true); call != null; call = nextUntil(end, true)) {
            OwnThreads.runCall(call.action);
        }
        moveTo(end);
    }

    /**
     * Moves the time on at once, and then makes all calls that are due by then, in the order in which they were due: what a process does after it has been stalled, and
     * what {@code advance} of Twisted's Clock does.
     *
     * @param by how far
     * @throws IllegalArgumentException if it is negative
     */
    public void jump(Duration by) {
        moveTo(later(by));
        for (Call call = nextDue(); call != null; call = nextDue()) {
            OwnThreads.runCall(call.action);
        }
    }

    /**
     * Advances several times.
     *
     * @param steps how far each time
     */
    public void pump(Duration... steps) {
        for (Duration step : steps) {
            advance(step);
        }
    }

    /**
     * Moves the time on to the next call that is armed, and makes that one: one step.
     *
     * @return whether there was one
     */
    public boolean advanceToNext() {
        Call call = nextUntil(Long.MAX_VALUE, true);
        if (call == null) {
            return false;
        }
        OwnThreads.runCall(call.action);
        return true;
    }

    private synchronized long later(Duration by) {
        return Durations.later(now, Durations.nanos(by, "time to move by"));
    }

    private synchronized void moveTo(long time) {
        now = Math.max(now, time);
    }

    private synchronized @Nullable Call nextDue() {
        return nextUntil(now, false);
    }

    private synchronized @Nullable Call nextUntil(long end, boolean move) {
        if (armed.isEmpty() || armed.first().due > end) {
            return null;
        }
        Call call = armed.first();
        armed.remove(call);
        call.state = State.CALLED;
        if (move) {
            moveTo(call.due);
        }
        return call;
    }

    private enum State {
        ARMED,
        CALLED,
        CANCELLED
    }

    /** Guarded by the clock. */
    private final class Call implements DelayedCall {
        private final Runnable action;
        private long place; // among those that are due at the same time; no two have the same
        private long due;
        private State state = State.ARMED;

        Call(long due, long place, Runnable action) {
            this.due = due;
            this.place = place;
            this.action = action;
        }

        @Override
        public Duration time() {
            synchronized (VirtualClock.this) {
                return Duration.ofNanos(due);
            }
        }

        @Override
        public boolean active() {
            synchronized (VirtualClock.this) {
                return state == State.ARMED;
            }
        }

        @Override
        public void cancel() {
            synchronized (VirtualClock.this) {
                checkArmed();
                tryCancel();
            }
        }

        @Override
        public boolean tryCancel() {
            synchronized (VirtualClock.this) {
                if (state != State.ARMED) {
                    return false;
                }
                armed.remove(this);
                state = State.CANCELLED;
                return true;
            }
        }

        @Override
        public void reset(Duration fromNow) {
            long nanos = Durations.nanos(fromNow, "time from now");
            synchronized (VirtualClock.this) {
                moveCallTo(Durations.later(now, nanos));
            }
        }

        @Override
        public void delay(Duration longer) {
            synchronized (VirtualClock.this) {
                moveCallTo(Durations.later(due, Durations.signedNanos(longer)));
            }
        }

        private void moveCallTo(long time) {
            checkArmed();
            armed.remove(this);
            due = time;
            takePlace();
        }

        private void takePlace() {
            while (!armed.add(this)) {
                place++; // somebody has drawn the same lot
            }
        }

        private void checkArmed() {
            if (state == State.CALLED) {
                throw new DelayedCallCalledException();
            }
            if (state == State.CANCELLED) {
                throw new DelayedCallCancelledException();
            }
        }

        @Override
        public String toString() {
            return "DelayedCall[" + state + ", due " + time() + "]";
        }
    }
}
