// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** The orders that {@link Schedules} asks for. */
final class Seeds {
    private Seeds() {}

    /** Each is drawn, not counted up: generators with neighboring seeds begin alike. */
    static LongStream of(Schedules schedules) {
        if (schedules.value() < 1) {
            throw new IllegalArgumentException(
                    "@Schedules(" + schedules.value() + ") runs nothing; give 1 order or more");
        }
        return schedules.seed() != 0
                ? LongStream.of(schedules.seed())
                : ThreadLocalRandom.current().longs(schedules.value(), 1, Integer.MAX_VALUE); // short enough to copy
    }
}
