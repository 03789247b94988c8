// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;

/** Durations as nanoseconds, saturated. */
final class Durations {
    private Durations() {}

    /** The nanoseconds of a duration that may not be negative. */
    static long nanos(Duration duration, String what) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the " + what + " must not be negative: " + duration);
        }
        return signedNanos(duration);
    }

    static long signedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE; // 292 years are for ever
        }
    }

    /** The sum, or the largest there is; never negative. */
    static long later(long time, long by) {
        long sum = time + by;
        if (by >= 0) {
            return sum < time ? Long.MAX_VALUE : sum;
        }
        return sum > time || sum < 0 ? 0 : sum;
    }
}
