// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no failure is lost: a {@link Deferred} whose pipeline ended with a {@link Failure} that nobody handled is reported, once. What Twisted does when
 * such a Deferred is collected.
 *
 * <p>A report is made when the Deferred has been dropped, or when it is still unhandled after the grace period (5 seconds, or up to a fifth more), whichever is first;
 * on demand by {@link #reportNow()}; and when the JVM exits, then on {@link System#err}. By default it goes to the {@link System.Logger} named {@code io.deferred}: at
 * level ERROR, a {@link CancellationException} at DEBUG. Nothing here ever throws into the program.
 *
 * <p>This class is safe for use by any thread.
 */
public final class UnhandledFailures {
    /*
     * What has ended in failure goes into a ring, which costs no allocation: most get their errback a moment later. A sweep looks at the
     * ring now and then, or the one who needs the place in it does; what is unhandled by then gets a Watch, which refers to it weakly.
     *
     * Why it is safe: a Deferred has one Watch at most. It is made and ended under the monitor of the Extras, and with it its place in WATCHES and
     * the note of what was reported: so none is left over, and of two who end it one is told that it did. Who makes it looks at the failure within that
     * monitor, so that a later look never finds an older failure in its way.
     *
     * Accepted race: a Deferred may be handled while a sweep decides; the Watch then sees it through handled(), or the sweep through its
     * second look, because each writes first and looks afterwards. One that is taken in hand while its report is made is reported.
     */
    private static final int RING_SIZE = 1024;
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
    private static final int SWEEPS_PER_GRACE = 5;

    private static final AtomicReferenceArray<@Nullable Pipeline> RING = new AtomicReferenceArray<>(RING_SIZE);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Set<Watch> WATCHES = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Pipeline> DROPPED = new ReferenceQueue<>();
    private static final AtomicReference<@Nullable Sweep> NEXT_SWEEP = new AtomicReference<>();
    private static final AtomicBoolean HOOKED = new AtomicBoolean();

    /** The grace period and what measures it; without a scheduler, {@link Scheduler#system()}. Compared by identity. */
    private record Grace(Duration period, @Nullable Scheduler scheduler) {
        Scheduler measuredBy() {
            return scheduler == null ? Scheduler.system() : scheduler;
        }
    }

    private static volatile Consumer<? super UnhandledFailure> handler = UnhandledFailures::log;
    private static volatile Grace grace = new Grace(DEFAULT_GRACE, null);

    private UnhandledFailures() {}

    /**
     * Replaces the handler. It is called by the thread that finds the failure: that of the scheduler, or of {@link #reportNow()}. What it throws is printed to {@link
     * System#err}, with the failure.
     *
     * @param handler is given each report
     * @throws NullPointerException if it is null
     */
    public static void setHandler(Consumer<? super UnhandledFailure> handler) {
        UnhandledFailures.handler = Objects.requireNonNull(handler, "handler");
    }

    /** Puts the handler back that logs. */
    public static void resetHandler() {
        setHandler(UnhandledFailures::log);
    }

    /**
     * Changes the grace period, and what measures it: for tests, a {@link VirtualClock}.
     *
     * @param period how long a Deferred may stay unhandled while somebody holds it
     * @param scheduler measures it
     * @throws IllegalArgumentException if the period is zero or negative
     */
    public static void setGracePeriod(Duration period, Scheduler scheduler) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("the grace period must be positive, not " + period);
        }
        change(new Grace(period, Objects.requireNonNull(scheduler, "scheduler")));
    }

    /** Puts the grace period back to 5 seconds on {@link Scheduler#system()}. */
    public static void resetGracePeriod() {
        change(new Grace(DEFAULT_GRACE, null));
    }

    private static void change(Grace next) {
        grace = next;
        emptyRing(); // what is in it has the old one's sweep to wait for, which will do nothing
        if (!WATCHES.isEmpty()) {
            armSweep();
        }
    }

    /**
     * Reports now whatever is unhandled, without waiting for the grace period: for the end of a test.
     *
     * @return how many were reported
     */
    public static int reportNow() {
        emptyRing();
        int reported = 0;
        for (Watch watch : WATCHES) {
            if (watch.report("on demand")) {
                reported++;
            }
        }
        return reported;
    }

    /** A pipeline has ended with a failure. Never throws. */
    static void ended(Pipeline pipeline, Failure failure) {
        Side side = pipeline.sideIfAny();
        Extras extras = side == null ? null : side.extrasIfAny();
        if (extras != null && extras.reported == failure) {
            return;
        }
        Pipeline displaced = RING.getAndSet(nextPlace(), pipeline);
        if (displaced != null && displaced != pipeline) {
            watch(displaced);
        }
        armSweep();
    }

    /** Most often another one than the last time: two threads may be told the same, and then one displaces what the other has put there, which is watched as any that is displaced. */
    private static int nextPlace() {
        int next = NEXT.getPlain() + 1;
        NEXT.setPlain(next);
        return next & (RING_SIZE - 1);
    }

    /** Sees to it that a sweep of the present grace period is under way. */
    private static void armSweep() {
        for (; ; ) {
            Sweep armed = NEXT_SWEEP.get();
            Grace now = grace;
            if (armed != null && armed.grace == now) {
                return;
            }
            Sweep next = new Sweep(now);
            if (NEXT_SWEEP.compareAndSet(armed, next) && (!next.arm() || grace == now)) {
                return;
            }
        }
    }

    /** One look at all that is unhandled. Only the one that is next has any effect: two rows of them would reach the end of the grace period in half its time. */
    private record Sweep(Grace grace) implements Runnable {
        /** False if the JVM is going down, or the scheduler is closed: the next one to end tries again. */
        boolean arm() {
            try {
                grace.measuredBy().callLater(grace.period().dividedBy(SWEEPS_PER_GRACE), this);
                if (HOOKED.compareAndSet(false, true)) {
                    Runtime.getRuntime().addShutdownHook(new Thread(UnhandledFailures::reportAtExit, "deferred-exit"));
                }
                return true;
            } catch (Throwable t) {
                NEXT_SWEEP.compareAndSet(this, null);
                return false;
            }
        }

        @Override
        public void run() {
            if (!NEXT_SWEEP.compareAndSet(this, null) || grace != UnhandledFailures.grace) {
                return;
            }
            for (Reference<?> dropped = DROPPED.poll(); dropped != null; dropped = DROPPED.poll()) {
                ((Watch) dropped).report("it was dropped");
            }
            emptyRing();
            for (Watch watch : WATCHES) {
                watch.age();
            }
            if (!WATCHES.isEmpty()) {
                armSweep();
            }
        }
    }

    private static void emptyRing() {
        for (int i = 0; i < RING_SIZE; i++) {
            Pipeline pipeline = RING.get(i) == null ? null : RING.getAndSet(i, null);
            if (pipeline != null) {
                watch(pipeline);
            }
        }
    }

    private static void watch(Pipeline pipeline) {
        if (pipeline.unhandled() == null) {
            return; // as most often, and then nothing is to be made
        }
        Extras extras = pipeline.side().extras();
        synchronized (extras) {
            Failure failure = pipeline.unhandled();
            if (failure == null || failure == extras.reported) {
                return;
            }
            Watch before = extras.watch;
            if (before != null) {
                if (before.failure == failure) {
                    return;
                }
                before.end(); // its failure was handled, or this one would not be there
            }
            Watch watch = new Watch(pipeline, failure, extras);
            extras.watch = watch;
            WATCHES.add(watch);
            if (pipeline.unhandled() != failure) {
                watch.end();
            }
        }
    }

    /** Waits for one Deferred to be handled, dropped, or too old. */
    static final class Watch extends WeakReference<Pipeline> {
        private final Failure failure;
        private final String where;
        private final Extras extras;
        private boolean over; // guarded by the extras
        private int sweeps; // confined to the sweep

        Watch(Pipeline pipeline, Failure failure, Extras extras) {
            super(pipeline, DROPPED);
            this.failure = failure;
            this.where = pipeline.describe();
            this.extras = extras;
        }

        void handled() {
            synchronized (extras) {
                end();
            }
        }

        /** Returns false if it had ended. For the one who has the monitor. */
        private boolean end() {
            if (over) {
                return false;
            }
            over = true;
            extras.watch = null;
            WATCHES.remove(this);
            return true;
        }

        void age() {
            if (++sweeps > SWEEPS_PER_GRACE) {
                report("nobody has handled it for " + grace.period());
            }
        }

        boolean report(String reason) {
            synchronized (extras) {
                if (!end()) {
                    return false;
                }
                extras.reported = failure;
            }
            UnhandledFailures.deliver(new UnhandledFailure(failure, where, reason));
            return true;
        }
    }

    /** Reports at once what no pipeline will carry. Never throws. */
    static void report(Failure failure, String where) {
        deliver(new UnhandledFailure(failure, where, "nobody else can be told"));
    }

    /** A failure that came after its Deferred had been cancelled. Never throws. */
    static void late(Failure failure, String where) {
        try {
            logger().log(
                            System.Logger.Level.DEBUG,
                            "Late failure of " + where + ", which was cancelled",
                            failure.exception());
        } catch (Throwable t) {
            printOf(t);
        }
    }

    private static void deliver(UnhandledFailure report) {
        try {
            handler.accept(report);
        } catch (Throwable t) {
            print(report);
            printOf(t);
        }
    }

    private static System.Logger logger() {
        return System.getLogger("io.deferred");
    }

    private static void log(UnhandledFailure report) {
        Throwable exception = report.failure().exception();
        System.Logger.Level level =
                exception instanceof CancellationException ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
        System.Logger logger = logger();
        if (logger.isLoggable(level)) {
            logger.log(level, text(report) + handledBefore(report.failure()), exception);
        }
    }

    private static String text(UnhandledFailure report) {
        return "Unhandled failure in " + report.where() + " (" + report.reason() + ")";
    }

    private static String handledBefore(Failure failure) {
        return failure.handling().map(f -> ", which arose while handling " + f).orElse("");
    }

    static void reportAtExit() {
        setHandler(report -> {
            if (!(report.failure().exception() instanceof CancellationException)) {
                print(report);
            }
        });
        emptyRing();
        for (Watch watch : WATCHES) {
            watch.report("the JVM exits");
        }
    }

    private static void print(UnhandledFailure report) {
        printLine(text(report) + System.lineSeparator() + report.failure().trace());
    }

    private static void printOf(Throwable t) {
        printLine("Reporting a failure failed: " + t);
    }

    @SuppressWarnings("SystemOut") // the logging system is what has failed, or is gone
    private static void printLine(String line) {
        try {
            System.err.println(line);
        } catch (Throwable t) {
            // there is nobody left to tell
        }
    }
}
