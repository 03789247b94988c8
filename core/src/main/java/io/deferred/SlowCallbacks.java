// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches for callbacks that hold their thread for longer than a limit, which is a second (up to a fifth more) unless it is changed. Each is reported once, while it is at it, with the stack of its thread. Only callbacks of
 * Deferreds that have a story are watched, see {@link Debugging}.
 *
 * <p>By default a report goes to the {@link System.Logger} named {@code io.deferred} at level WARNING. Nothing here ever throws into the program.
 *
 * <p>This class is safe for use by any thread.
 */
public final class SlowCallbacks {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(1);

    private static final Set<Running> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Sweeper SWEEPER = new Sweeper(new Sweeper.Pace(DEFAULT_LIMIT, null), SlowCallbacks::look);

    private static volatile Consumer<? super SlowCallback> handler = SlowCallbacks::log;

    private SlowCallbacks() {}

    /**
     * Changes the limit, and what measures it: for tests, a {@link VirtualClock}. For callbacks that run now it counts anew.
     *
     * @param limit how long a callback may hold its thread
     * @param scheduler measures it, and makes the reports
     * @throws IllegalArgumentException if the limit is zero or negative
     * @throws NullPointerException if one of them is null
     */
    public static void setLimit(Duration limit, Scheduler scheduler) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the limit of a callback must be positive, not " + limit);
        }
        change(new Sweeper.Pace(limit, Objects.requireNonNull(scheduler, "scheduler")));
    }

    /** Puts the limit back to a second on {@link Scheduler#system()}. */
    public static void resetLimit() {
        change(new Sweeper.Pace(DEFAULT_LIMIT, null));
    }

    private static void change(Sweeper.Pace pace) {
        SWEEPER.setPace(pace);
        if (!RUNNING.isEmpty()) {
            SWEEPER.arm();
        }
    }

    /**
     * Replaces the handler. It is called by the thread of the scheduler. What it throws is reported to the handler of {@link UnhandledFailures}.
     *
     * @param handler is given each report
     * @throws NullPointerException if it is null
     */
    public static void setHandler(Consumer<? super SlowCallback> handler) {
        SlowCallbacks.handler = Objects.requireNonNull(handler, "handler");
    }

    /** Puts the handler back that logs. */
    public static void resetHandler() {
        setHandler(SlowCallbacks::log);
    }

    private static void log(SlowCallback slow) {
        FailureLog.warn(slow.text());
    }

    private static boolean look() {
        Sweeper.Pace pace = SWEEPER.pace();
        for (Running running : RUNNING) {
            running.age(pace);
        }
        return !RUNNING.isEmpty();
    }

    /** A callback that is at it. */
    static final class Running {
        private final Attached callback;
        private final Thread thread = Thread.currentThread();

        // confined to the sweep
        private int sweeps;
        private Sweeper.@Nullable Pace pace;

        Running(Attached callback) {
            this.callback = callback;
        }

        /** To be ended in any case, also if this throws. */
        void begin() {
            RUNNING.add(this);
            SWEEPER.arm();
        }

        void end() {
            RUNNING.remove(this);
        }

        private void age(Sweeper.Pace measuredBy) {
            if (pace != measuredBy) {
                pace = measuredBy;
                sweeps = 0;
            }
            if (++sweeps == Sweeper.PER_PERIOD + 1) {
                report(measuredBy.period());
            }
        }

        private void report(Duration limit) {
            try {
                List<StackTraceElement> stack = Arrays.asList(thread.getStackTrace());
                Object blocker = LockSupport.getBlocker(thread);
                boolean stillRuns = RUNNING.contains(this); // else they may be of what it does now
                handler.accept(new SlowCallback(
                        callback.name(),
                        thread,
                        limit,
                        stillRuns ? stack : List.of(),
                        stillRuns ? awaited(blocker) : Optional.empty()));
            } catch (Throwable t) {
                UnhandledFailures.report(new Failure(t), "the handler of slow callbacks");
            }
        }

        private static Optional<Deferred<?>> awaited(@Nullable Object blocker) {
            return blocker instanceof Deferred<?> deferred ? Optional.of(deferred) : Optional.empty();
        }
    }
}
