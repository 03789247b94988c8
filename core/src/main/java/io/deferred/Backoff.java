// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that has failed is tried again. Those that are made here can be used by any thread, and by any number of {@link Retry}s at once.
 */
@FunctionalInterface
public interface Backoff {
    /**
     * Returns the pause that follows a failed attempt.
     *
     * @param failedAttempts how many have failed so far, from 1
     * @return zero or more
     */
    Duration delay(int failedAttempts);

    /**
     * Returns one without pauses.
     *
     * @return always zero
     */
    static Backoff none() {
        return failedAttempts -> Duration.ZERO;
    }

    /**
     * Returns one with pauses that are all the same.
     *
     * @param delay how long each is
     * @return always that
     * @throws IllegalArgumentException if it is negative
     */
    static Backoff fixed(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a pause must not be negative: " + delay);
        }
        return failedAttempts -> delay;
    }

    /**
     * Returns one with pauses each of which is twice as long as the one before, up to the longest.
     *
     * @param first the pause after the first failed attempt
     * @param longest no pause is longer
     * @return a new one
     * @throws IllegalArgumentException if the first is not positive, or the longest shorter than the first
     */
    static Backoff exponential(Duration first, Duration longest) {
        if (first.isZero() || first.isNegative()) {
            throw new IllegalArgumentException(
                    "the first pause must be positive, or doubling it changes nothing: " + first);
        }
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the longest pause must not be shorter than the first: " + longest + " after " + first);
        }
        return failedAttempts -> {
            Duration delay = first;
            for (int i = 1; i < failedAttempts && delay.compareTo(longest) < 0; i++) {
                delay = delay.compareTo(longest.minus(delay)) < 0 ? delay.plus(delay) : longest;
            }
            return delay;
        };
    }

    /**
     * Returns this one with its pauses made longer or shorter at random, so that many who have failed together do not all come back together. Twisted's {@code jitter} of
     * {@code ReconnectingClientFactory}, evenly spread.
     *
     * @param fraction from 0 to 1: with 0.2, each pause is between 0.8 and 1.2 of what it would be
     * @return a new one, which takes its random numbers from the calling thread's {@link ThreadLocalRandom}
     * @throws IllegalArgumentException if the fraction is out of bounds
     */
    default Backoff jittered(double fraction) {
        return new Jittered(this, fraction, ThreadLocalRandom::current);
    }

    /**
     * {@link #jittered(double)} with the caller's source of random numbers: with a seed, for repeatable tests.
     *
     * @param fraction from 0 to 1
     * @param random asked once for each pause, by whichever thread is about to make it
     * @return a new one
     * @throws IllegalArgumentException if the fraction is out of bounds
     */
    default Backoff jittered(double fraction, RandomGenerator random) {
        Objects.requireNonNull(random, "random");
        return new Jittered(this, fraction, () -> random);
    }
}
