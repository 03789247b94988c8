// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a test in many orders of what could as well happen in another: its {@link io.deferred.VirtualClock} makes calls that are due at the same time in an order that is drawn by lot. Each run has a new instance,
 * and a clock of its own. The first that fails fails the test, with the seed of its order, by which that run can be had again:
 *
 * <pre>{@code
 * @DeferredTest
 * @Schedules(seed = 1620473914L)
 * Deferred<?> theFirstOneWins(VirtualClock clock) {
 *     return race(List.of(server.ask(clock), cache.ask(clock))).addCallback(won -> assertThat(won.index()).isZero());
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Schedules {
    /**
     * How many orders.
     *
     * @return 1 or more
     */
    int value() default 200;

    /**
     * The one order that is to be run, instead of many new ones.
     *
     * @return as a failed test has told it; 0 for none
     */
    long seed() default 0;
}
