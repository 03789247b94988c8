// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The debug switch. While it is on, Deferreds that are made keep a story: where they were made, where each callback was attached, what ran and what became of it, what they waited for, where they were fired and by
 * which thread, and what a cancel reached. Reports of {@link UnhandledFailures}, {@link Failure#trace()}, {@link AlreadyCalledException} and other messages then tell it; {@link
 * SlowCallbacks} are watched, and {@link OutlivingWork} is listed. Twisted's {@code setDebugging}.
 *
 * <p>It is off until one of the methods here is called, or from the start as the system property {@code io.deferred.debug} says: {@code full}, a number n for one Deferred in n, or {@code off}. It may be changed at any time, and counts for
 * what is made from then on.
 *
 * <p><b>Cost</b>: while it is off, the reading of one field for each Deferred that is made. In full, some microseconds for each Deferred and for each callback, and a kilobyte or two while the Deferred lives.
 *
 * <p>This class is safe for use by any thread.
 */
public final class Debugging {
    static final String PROPERTY = "io.deferred.debug";

    /** One Deferred in so many has a story; none if it is 0. Each Deferred that is made reads it. */
    static volatile int every = initially();

    private static volatile @Nullable Scheduler scheduler;

    private static volatile boolean beanWasTried;

    private Debugging() {}

    /** Has every Deferred that is made from now on keep its story. */
    public static void full() {
        sample(1);
    }

    /**
     * Has one in so many of the Deferreds that are made from now on keep its story, drawn by lot: for a program in production.
     *
     * @param oneIn how many Deferreds there are for each with a story; 1 is the same as {@link #full()}
     * @throws IllegalArgumentException if it is less than 1
     */
    public static void sample(int oneIn) {
        if (oneIn < 1) {
            throw new IllegalArgumentException(
                    "one Deferred in " + oneIn + " was to be observed; give 1 or more, or call off()");
        }
        every = oneIn;
    }

    /** Has no Deferred that is made from now on keep a story. Those that have one go on with it. */
    public static void off() {
        every = 0;
    }

    /**
     * Returns how it is switched.
     *
     * @return one Deferred in how many has a story: 1 in full, 0 while it is off
     */
    public static int sampling() {
        return every;
    }

    /**
     * Returns what is known of a Deferred: its story, if it has one, otherwise what it is in now and how to have stories kept.
     *
     * @param deferred is looked at, and not changed; of its present result, its {@code toString} is shown
     * @throws NullPointerException if it is null
     * @return lines, the last one not ended
     */
    public static String story(Deferred<?> deferred) {
        Story story = deferred.story();
        return story == null
                ? deferred + System.lineSeparator() + hint()
                : "Story of " + deferred + (deferred.called() ? "" : ", not fired yet") + System.lineSeparator()
                        + story.text();
    }

    /**
     * Changes what measures how old Deferreds are, and how long ago they were cancelled: for tests, a {@link VirtualClock}.
     *
     * @param scheduler measures it; null for {@link Scheduler#system()}
     */
    public static void measureBy(@Nullable Scheduler scheduler) {
        Debugging.scheduler = scheduler;
    }

    /** The time now; zero if that cannot be told. Never throws. */
    static Duration now() {
        Scheduler measuredBy = scheduler;
        try {
            return (measuredBy == null ? Scheduler.system() : measuredBy).now();
        } catch (Throwable t) {
            return Duration.ZERO;
        }
    }

    /**
     * Registers the {@link DeferredsMXBean}, if that has not been done. The first Deferred that is made in debug mode does so too.
     *
     * @return whether it is registered; false where the module {@code java.management} is missing, or its server refuses
     */
    public static boolean registerMXBean() {
        try {
            return Management.register();
        } catch (NoClassDefFoundError e) {
            return false; // the module is missing
        }
    }

    /** What is said where a story would have helped. */
    static String hint() {
        return "For where it was made, attached and fired, run with -D" + PROPERTY
                + "=full, or call io.deferred.Debugging.full().";
    }

    /** The story of a pipeline that is just being made; null if it is to have none. Never called while the switch is off. */
    static @Nullable Story begin(Pipeline made) {
        int oneIn = every;
        if (oneIn == 0 || (oneIn > 1 && ThreadLocalRandom.current().nextInt(oneIn) != 0)) {
            return null;
        }
        if (!beanWasTried) {
            beanWasTried = true; // before it is: that may make Deferreds
            registerMXBean();
        }
        return new Story(made, Site.withCallers());
    }

    /** Whether whatever is asked is to be answered, and not only for some. */
    static boolean isFull() {
        return every == 1;
    }

    private static @Nullable String property() {
        try {
            return System.getProperty(PROPERTY);
        } catch (SecurityException e) {
            return null;
        }
    }

    private static int initially() {
        String property = property();
        if (property == null || property.isBlank() || property.strip().equals("off")) {
            return 0;
        }
        if (property.strip().equals("full")) {
            return 1;
        }
        try {
            int oneIn = Integer.parseInt(property.strip());
            if (oneIn > 0) {
                return oneIn;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        // Nothing is thrown: it would be out of the first Deferred's constructor. And no logger, which may be a user's,
        // is called by this thread: it holds the lock of a class that is being initialized.
        new Thread(
                        () -> FailureLog.warn("-D" + PROPERTY
                                + " must be full, off, or a number n for one Deferred in n, not \"" + property
                                + "\": it stays off"),
                        "deferred-warning")
                .start();
        return 0;
    }
}
