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

    private static final AtomicReferenceArray<@Nullable Pipeline> RING = new AtomicReferenceArray<>(RING_SIZE);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Set<Watch> WATCHES = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Pipeline> DROPPED = new ReferenceQueue<>();
    private static final Sweeper SWEEPER = new Sweeper(new Sweeper.Pace(DEFAULT_GRACE, null), UnhandledFailures::sweep);
    private static final AtomicBoolean HOOKED = new AtomicBoolean();

    private static final Consumer<UnhandledFailure> LOG = UnhandledFailures::log;
    private static final Consumer<UnhandledFailure> LOG_HANDLED = UnhandledFailures::logHandled;

    private static volatile Consumer<? super UnhandledFailure> handler = LOG;
    private static volatile Consumer<? super UnhandledFailure> handledHandler = LOG_HANDLED;

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

    /** Puts the handlers back that log. */
    public static void resetHandler() {
        setHandler(LOG);
        setHandledHandler(LOG_HANDLED);
    }

    /**
     * Replaces the handler of those failures that were handled after all, after their report: it is given the same failure again. By default they are logged at level WARNING, and those at DEBUG of which the report was; unless the reports themselves go
     * to another handler: then nothing is said. It is called by the thread that has handled the failure; what it throws is printed to {@link System#err}.
     *
     * @param handler is given each
     * @throws NullPointerException if it is null
     */
    public static void setHandledHandler(Consumer<? super UnhandledFailure> handler) {
        handledHandler = Objects.requireNonNull(handler, "handler");
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
        change(new Sweeper.Pace(period, Objects.requireNonNull(scheduler, "scheduler")));
    }

    /** Puts the grace period back to 5 seconds on {@link Scheduler#system()}. */
    public static void resetGracePeriod() {
        change(new Sweeper.Pace(DEFAULT_GRACE, null));
    }

    private static void change(Sweeper.Pace next) {
        SWEEPER.setPace(next);
        FailureLog.endPeriod(); // what was to end it may never come
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
        if (extras != null && extras.wasReported(failure)) {
            return;
        }
        Pipeline displaced = RING.getAndSet(nextPlace(), pipeline);
        if (displaced != null && displaced != pipeline) {
            watch(displaced);
        }
        if (!SWEEPER.isArmed()) { // as most often it is
            armSweep();
        }
    }

    /** Most often another one than the last time: two threads may be told the same, and then one displaces what the other has put there, which is watched as any that is displaced. */
    private static int nextPlace() {
        int next = NEXT.getPlain() + 1;
        NEXT.setPlain(next);
        return next & (RING_SIZE - 1);
    }

    private static void armSweep() {
        if (SWEEPER.arm() && HOOKED.compareAndSet(false, true)) {
            hookExit();
        }
    }

    private static void hookExit() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(UnhandledFailures::reportAtExit, "deferred-exit"));
        } catch (Throwable t) {
            HOOKED.set(false); // the JVM is going down, or has no thread left: the next one to end tries again
        }
    }

    private static boolean sweep() {
        for (Reference<?> dropped = DROPPED.poll(); dropped != null; dropped = DROPPED.poll()) {
            ((Watch) dropped).report("it was dropped");
        }
        emptyRing();
        for (Watch watch : WATCHES) {
            watch.age();
        }
        return !WATCHES.isEmpty();
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
            if (failure == null || extras.wasReported(failure)) {
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

        /** For the one who has the monitor. */
        private void end() {
            if (!over) {
                over = true;
                extras.watch = null;
                WATCHES.remove(this);
            }
        }

        void age() {
            if (++sweeps > Sweeper.PER_PERIOD) {
                report("nobody has handled it for " + SWEEPER.pace().period());
            }
        }

        boolean report(String reason) {
            synchronized (extras) {
                if (over) {
                    return false;
                }
                extras.reported(failure); // before the watch is gone: who finds none finds this
                end();
            }
            Flight.unhandled(where, failure);
            deliver(failure, where, reason, extras.story());
            return true;
        }
    }

    /** Reports at once what no pipeline will carry. Never throws. */
    static void report(Failure failure, String where) {
        deliver(failure, where, "nobody else can be told", null);
    }

    /** The failure that was reported last for this pipeline is its result no more. Never throws. */
    static void handledAfterAll(Pipeline pipeline, Extras extras) {
        Failure failure = extras.takeNews(pipeline);
        if (failure != null) {
            hand(handledHandler, failure, pipeline.describe(), "it was handled after all", extras.story());
        }
    }

    private static void deliver(Failure failure, String where, String reason, @Nullable Story story) {
        hand(handler, failure, where, reason, story);
    }

    /** Never throws, whatever is a user's here: the handler, the logger, and the exception's own toString. */
    private static void hand(
            Consumer<? super UnhandledFailure> handler,
            Failure failure,
            String where,
            String reason,
            @Nullable Story story) {
        String details = "";
        try {
            String told = AsyncTrace.of(failure, story);
            details = told.isEmpty() ? Debugging.hint() : told;
            handler.accept(new UnhandledFailure(failure, where, reason, details));
        } catch (Throwable t) {
            FailureLog.print(new UnhandledFailure(failure, where, reason, details));
            FailureLog.printOf(t);
        }
    }

    private static void log(UnhandledFailure report) {
        FailureLog.log(report, SWEEPER.pace().scheduler());
    }

    private static void logHandled(UnhandledFailure report) {
        if (handler == LOG) {
            FailureLog.logHandled(report, SWEEPER.pace().scheduler());
        }
    }

    /** The last of this JVM: what logs may be gone by now. */
    static void reportAtExit() {
        setHandler(report -> {
            if (!(report.failure().exception() instanceof CancellationException)) {
                FailureLog.print(report);
            }
        });
        FailureLog.printLeftOut();
        emptyRing();
        for (Watch watch : WATCHES) {
            watch.report("the JVM exits");
        }
    }
}
