// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Real time: one daemon thread that keeps it and hands what is due to an {@link Executor}. Made by {@link Scheduler#system(Executor)}.
 *
 * <p>What a call throws, and a call that the executor rejects, is reported to the handler of {@link UnhandledFailures}. The thread is started when something is armed,
 * and ends when nothing has been for some seconds. Any thread may use it.
 *
 * <p><b>Memory</b>: a call is one object of 40 bytes, beside its action. One that has been cancelled or begun is not kept.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    final Timekeeper timekeeper;

    SystemScheduler(Executor executor) {
        this(
                executor,
                OwnThreads.ofAScheduler("deferred-timekeeper"),
                TimeUnit.SECONDS.toNanos(DaemonThreads.IDLE_SECONDS));
    }

    /** Makes one whose threads end when nothing has been armed for so many nanoseconds. */
    SystemScheduler(Executor executor, ThreadFactory threads, long idleNanos) {
        timekeeper = new Timekeeper(Objects.requireNonNull(executor, "executor"), threads, idleNanos);
    }

    /** What keeps the time of a scheduler of this kind, or of the shared one; null for others. */
    static @Nullable Timekeeper timekeeperOf(Scheduler scheduler) {
        if (scheduler instanceof SharedScheduler shared) {
            return shared.scheduler.timekeeper;
        }
        return scheduler instanceof SystemScheduler system ? system.timekeeper : null;
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(Timekeeper.now());
    }

    /**
     * Calls an action later, by the executor.
     *
     * @throws IllegalStateException if this scheduler has been closed
     */
    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        long nanos = Durations.nanos(delay, "delay");
        Call call = new Call(timekeeper, Objects.requireNonNull(action, "action"));
        timekeeper.arm(call, nanos);
        Leftover.armed(call, action);
        return call;
    }

    private static final class Call extends TimerEntry {
        private final Runnable action;

        Call(Timekeeper owner, Runnable action) {
            super(owner);
            this.action = action;
        }

        @Override
        void perform() {
            action.run();
        }
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        return new ArrayList<>(timekeeper.calls());
    }

    /** Cancels what is armed, and refuses what is asked for later. Does not wait for what the executor is running. */
    @Override
    public void close() {
        timekeeper.close();
    }
}
