// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.deferred.VirtualClock;
import io.deferred.testkit.LeftoversError;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

class OrderTest {
    private static final List<String> RIGHT = List.of("first", "second");
    private static final List<String> WRONG = List.of("second", "first");

    @BeforeEach
    void forget() {
        Ordered.ORDERS.clear();
        Ordered.CLOCKS.clear();
        Ordered.INSTANCES.clear();
    }

    private static Results run(String method) {
        return Results.of(selectMethod(Ordered.class, method, VirtualClock.class));
    }

    @Test
    void aTestIsRunInManyOrdersEachWithItsOwnInstanceAndClock() {
        Results results = run("bearsBoth");

        assertThat(results.with(Status.SUCCESSFUL)).contains("bearsBoth");
        assertThat(Ordered.ORDERS).hasSize(40).contains(RIGHT, WRONG);
        assertThat(new HashSet<>(Ordered.CLOCKS)).hasSize(40);
        assertThat(new HashSet<>(Ordered.INSTANCES)).hasSize(40);
    }

    @Test
    void theFirstOrderThatFailsEndsItAndIsNamed() {
        Results results = run("bearsOne");

        assertThat(results.failed()).containsExactly("bearsOne");
        int last = Ordered.ORDERS.size() - 1;
        assertThat(Ordered.ORDERS.subList(0, last)).allMatch(RIGHT::equals);
        assertThat(Ordered.ORDERS.get(last)).isEqualTo(WRONG);
        assertThat(results.failure("bearsOne").getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .matches("it failed in the order of seed (\\d+); to run that one alone: @Schedules\\(seed = \\1L\\)");
    }

    @Test
    void aSeedIsRunAlone() {
        assertThat(run("bearsSeedOne").failed()).isEmpty();
        assertThat(run("bearsSeedOne").failed()).isEmpty();
        Throwable failure = run("failsWithSeedFive").failure("failsWithSeedFive");

        assertThat(Ordered.ORDERS).hasSize(3);
        assertThat(Ordered.ORDERS.get(0)).isEqualTo(Ordered.ORDERS.get(1));
        assertThat(failure).hasMessage("whatever the order");
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("@Schedules(seed = 5L)");
    }

    @Test
    void whatOneOrderLeavesFailsThatOne() {
        Results results = run("leaves");

        assertThat(results.failed()).containsExactly("leaves");
        assertThat(results.failure("leaves")).isInstanceOf(LeftoversError.class).hasMessageContaining("UNFIRED: ");
        assertThat(Ordered.ORDERS).endsWith(WRONG);
    }
}
