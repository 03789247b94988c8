// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp for each contender, in two turns
 * @param burst how long one burst is to be, as near as whole operations allow
 * @param bursts how many at most for each contender
 * @param atMost after which no further round is begun
 */
record Plan(Duration warmUp, Duration burst, int bursts, Duration atMost) {
    /** For a comparison to be quoted. */
    static final Plan FULL = new Plan(Duration.ofMillis(700), Duration.ofNanos(300_000), 300, Duration.ofSeconds(12));

    /** For a look: a third of the time, and figures that move more. */
    static final Plan QUICK = new Plan(Duration.ofMillis(250), Duration.ofNanos(200_000), 100, Duration.ofSeconds(3));
}
