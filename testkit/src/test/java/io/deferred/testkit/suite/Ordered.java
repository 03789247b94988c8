// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tests of what is due at one time. */
class Ordered {
    /** The orders that were run, and the clocks that they were run with. */
    static final List<List<String>> ORDERS = new ArrayList<>();

    static final List<VirtualClock> CLOCKS = new ArrayList<>();
    static final List<Ordered> INSTANCES = new ArrayList<>();

    private Deferred<List<String>> both(VirtualClock clock) {
        List<String> order = new ArrayList<>();
        ORDERS.add(order);
        CLOCKS.add(clock);
        INSTANCES.add(this);
        Duration second = Duration.ofSeconds(1);
        return Deferred.gatherResults(
                        Deferred.deferLater(clock, second, () -> order.add("first")),
                        Deferred.deferLater(clock, second, () -> order.add("second")))
                .addCallback(all -> order);
    }

    @DeferredTest
    @Schedules(40)
    Deferred<?> bearsBoth(VirtualClock clock) {
        return both(clock).tap(order -> assertThat(order).containsExactlyInAnyOrder("first", "second"));
    }

    @DeferredTest
    @Schedules
    Deferred<?> bearsOne(VirtualClock clock) {
        return both(clock).tap(order -> assertThat(order).containsExactly("first", "second"));
    }

    @DeferredTest
    @Schedules(seed = 1)
    Deferred<?> bearsSeedOne(VirtualClock clock) {
        return both(clock);
    }

    @DeferredTest
    @Schedules(value = 20, seed = 5)
    Deferred<?> failsWithSeedFive(VirtualClock clock) {
        return both(clock).tap(order -> {
            throw new IllegalStateException("whatever the order");
        });
    }

    @DeferredTest
    @Schedules(20)
    Deferred<?> leaves(VirtualClock clock) {
        Deferred<String> pending = new Deferred<>();
        return both(clock).tap(order -> {
            if (order.get(0).equals("second")) {
                Deferred<?> unused = pending.addCallback(text -> text + "!");
            }
        });
    }
}
