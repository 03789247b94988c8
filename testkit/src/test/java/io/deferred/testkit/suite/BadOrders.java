// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredTesting;
import io.deferred.testkit.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Each depends on an order that nobody has promised. */
class BadOrders {
    @Schedules(100)
    void ofTwoTimers(VirtualClock clock) {
        List<String> order = new ArrayList<>();
        clock.callLater(Duration.ofSeconds(1), () -> order.add("first"));
        clock.callLater(Duration.ofSeconds(1), () -> order.add("second"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(order).containsExactly("first", "second");
    }

    @Schedules(100)
    void ofTwoExecutors(VirtualClock clock, Executor executor) {
        List<String> order = new ArrayList<>();
        executor.execute(() -> order.add("first"));
        DeferredTesting.newExecutor().execute(() -> order.add("second"));
        clock.advance(Duration.ZERO);
        assertThat(order).containsExactly("first", "second");
    }
}
