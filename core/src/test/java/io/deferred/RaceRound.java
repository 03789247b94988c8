// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Two threads, or three, or more that all do what the third does, and what they work on: one use of it, of a great many, to meet in windows of a few instructions that
 * {@link ThreadStressTest} hits too rarely. {@code -Dstress.seed} and {@code -Dstress.rounds} set where they begin, and how many there are.
 */
abstract class RaceRound extends StressCrew.Round {
    private static final long SEED = Long.getLong("stress.seed", new SplittableRandom().nextLong());

    /** How many of each race, most often. */
    static final long ROUNDS = Math.max(1, Long.getLong("stress.rounds", 40_000) / 4);

    /** How many of those that take long, such as a round over a long row. */
    static final long LONG_ROUNDS = Math.max(1, ROUNDS / 10);

    final Random random;
    private final int[] delays;

    RaceRound(long seed) {
        random = new Random(seed);
        delays = new int[] {delay(), delay(), delay()};
    }

    private int delay() {
        return random.nextInt(1 << random.nextInt(8));
    }

    @Override
    final void part(int thread) {
        spin(delays[Math.min(thread, 2)]);
        switch (thread) {
            case 0 -> first();
            case 1 -> second();
            default -> third();
        }
    }

    abstract void first();

    abstract void second();

    void third() {}

    static void race(int threads, long rounds, Function<Long, RaceRound> maker) throws Exception {
        try (StressCrew crew = new StressCrew(threads)) {
            crew.run(0, rounds, number -> maker.apply(SEED + number * 0x9E3779B97F4A7C15L));
        } catch (AssertionError e) {
            throw new AssertionError("with -Dstress.seed=" + SEED + ", " + e.getMessage(), e);
        }
    }

    /** Fires one that a cancel may have fired. */
    static void fire(Deferred<Integer> d) {
        try {
            d.callback(0);
        } catch (AlreadyCalledException e) {
            // it was cancelled, and one late result taken before this one
        }
    }
}
