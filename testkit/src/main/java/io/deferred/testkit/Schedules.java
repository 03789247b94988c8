// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * A test that is run in many orders of what could as well happen in another: the calls of its {@link io.deferred.VirtualClock} that are due at the same time, and what its executors ({@link DeferredTesting#newExecutor}) hold ready, come in an order that is drawn by lot. Each run has a new instance,
 * and a clock of its own. The first that fails fails the test, with the seed of its order, by which that run can be had again:
 *
 * <pre>{@code
 * @Schedules(seed = 1620473914L)
 * Deferred<?> theFirstOneWins(VirtualClock clock) {
 *     return race(List.of(server.ask(clock), cache.ask(clock))).addCallback(won -> assertThat(won.index()).isZero());
 * }
 * }</pre>
 *
 * <p>The method returns nothing, or a Deferred, which is then waited for as that of a {@link DeferredTest}. It is run by the same engine, and what is said there counts here too; {@code @Test} has no place on it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Testable
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
