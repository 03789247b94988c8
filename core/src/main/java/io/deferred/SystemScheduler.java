// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Real time: one daemon thread that keeps it and hands what is due to an {@link Executor}. Made by {@link Scheduler#system(Executor)}.
 *
 * <p>What a call throws, and a call that the executor rejects, is reported to the handler of {@link UnhandledFailures}. The thread is started when something is armed,
 * and ends when nothing has been for some seconds. Any thread may use it.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    private static final long ORIGIN = System.nanoTime();

    private final Executor executor;
    final ScheduledThreadPoolExecutor timekeeper;
    private final Set<Call> armed = ConcurrentHashMap.newKeySet();

    SystemScheduler(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        this.timekeeper = new ScheduledThreadPoolExecutor(1, OwnThreads.ofAScheduler("deferred-timekeeper"));
        timekeeper.setRemoveOnCancelPolicy(true); // or a time-out that was beaten would be kept until it is due
        DaemonThreads.letIdleThreadsEnd(timekeeper);
    }

    private static long nanosNow() {
        return System.nanoTime() - ORIGIN;
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(nanosNow());
    }

    /**
     * Calls an action later, by the executor.
     *
     * @throws IllegalStateException if this scheduler has been closed
     */
    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        long nanos = Durations.nanos(delay, "delay");
        Call call = new Call(Objects.requireNonNull(action, "action"));
        call.arm(nanos);
        return call;
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        List<DelayedCall> calls = new ArrayList<>(armed);
        calls.sort(Comparator.comparing(DelayedCall::time));
        return calls;
    }

    /** Cancels what is armed, and refuses what is asked for later. Does not wait for what the executor is running. */
    @Override
    public void close() {
        timekeeper.shutdownNow();
        armed.forEach(DelayedCall::tryCancel);
    }

    private enum State {
        ARMED,
        CALLED,
        CANCELLED
    }

    /** Guarded by itself. It is active until the executor begins it. */
    private final class Call implements DelayedCall {
        private final Runnable action;
        private long due;
        private State state = State.ARMED;
        private @Nullable Future<?> timer;

        Call(Runnable action) {
            this.action = action;
        }

        synchronized void arm(long nanosFromNow) {
            if (timer != null) {
                timer.cancel(false);
            }
            due = Durations.later(nanosNow(), nanosFromNow);
            try {
                timer = timekeeper.schedule(this::handOver, nanosFromNow, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                throw new IllegalStateException("the scheduler is closed; nothing can be armed on it", e);
            }
            armed.add(this);
        }

        private void handOver() {
            try {
                executor.execute(this::run);
            } catch (Throwable t) {
                if (tryCancel()) {
                    UnhandledFailures.report(new Failure(t), "a delayed call that the executor did not take");
                }
            }
        }

        private void run() {
            synchronized (this) {
                if (state != State.ARMED || nanosNow() < due) {
                    return; // cancelled, or moved to later, while the executor was busy
                }
                state = State.CALLED;
                armed.remove(this);
            }
            try {
                action.run();
            } catch (Throwable t) {
                UnhandledFailures.report(new Failure(t), "a delayed call");
            }
        }

        @Override
        public synchronized Duration time() {
            return Duration.ofNanos(due);
        }

        @Override
        public synchronized boolean active() {
            return state == State.ARMED;
        }

        @Override
        public synchronized void cancel() {
            checkArmed();
            tryCancel();
        }

        @Override
        public synchronized boolean tryCancel() {
            if (state != State.ARMED) {
                return false;
            }
            state = State.CANCELLED;
            armed.remove(this);
            if (timer != null) {
                timer.cancel(false);
            }
            return true;
        }

        @Override
        public synchronized void reset(Duration fromNow) {
            long nanos = Durations.nanos(fromNow, "time from now");
            checkArmed();
            arm(nanos);
        }

        @Override
        public synchronized void delay(Duration longer) {
            checkArmed();
            arm(Math.max(0, Durations.later(due, Durations.signedNanos(longer)) - nanosNow()));
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
            return "DelayedCall[" + (active() ? "ARMED" : "over") + ", due " + time() + "]";
        }
    }
}
