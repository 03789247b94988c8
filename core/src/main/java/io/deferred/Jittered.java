// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Pauses that are longer or shorter, at random, than those of another. */
record Jittered(Backoff base, double fraction, Supplier<? extends RandomGenerator> random) implements Backoff {
    Jittered {
        if (!(fraction >= 0 && fraction <= 1)) { // nor is it, if it is no number
            throw new IllegalArgumentException("the fraction must be from 0 to 1, not " + fraction);
        }
    }

    @Override
    public Duration delay(int failedAttempts) {
        long nanos = Retry.checkedNanos(base.delay(failedAttempts));
        double part = fraction * (2 * random.get().nextDouble() - 1);
        return Duration.ofNanos(Durations.later(nanos, (long) (nanos * part)));
    }
}
