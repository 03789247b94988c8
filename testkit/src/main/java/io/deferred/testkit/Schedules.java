// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test so many times, each time in another order of what is due at the same time: the calls of the test's clock, and what its executors hold ready. Each order is drawn from a seed, which a failure names; with it, that order alone can be run again.
 *
 * <p>On a method that returns nothing this is all that is needed, and Jupiter shows each run by its seed. On one that returns a Deferred it stands beside {@link DeferredTest}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(SchedulesProvider.class)
@SuppressWarnings("exports") // Jupiter alone makes one, by reflection
public @interface Schedules {
    /**
     * How many orders.
     *
     * @return one at least
     */
    int value() default 200;

    /**
     * The seed of one order, which is then run alone.
     *
     * @return zero for as many as {@link #value} says, beginning at a seed that is drawn
     */
    long seed() default 0;
}
