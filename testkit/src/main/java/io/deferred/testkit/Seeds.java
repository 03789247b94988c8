// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** The seeds of the orders in which a test is run. */
final class Seeds {
    /** So that they are short to write down, and never zero. */
    private static final int FIRST_BELOW = 1_000_000_000;

    private Seeds() {}

    static LongStream of(Schedules schedules) {
        if (schedules.seed() != 0) {
            return LongStream.of(schedules.seed());
        }
        if (schedules.value() < 1) {
            throw new IllegalArgumentException(
                    "@Schedules(" + schedules.value() + ") runs nothing; give 1 or more, or a seed");
        }
        long first = ThreadLocalRandom.current().nextLong(1, FIRST_BELOW);
        return LongStream.range(first, first + schedules.value());
    }
}
