// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The values, their order, and how many are under way. */
class ParallelTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();
    private final BegunWork work = new BegunWork(seen);
    private final List<Deferred<String>> begun = work.begun;

    @Test
    void theValuesComeInTheOrderOfTheItems() {
        Deferred<List<String>> whole = Parallel.map(List.of("a", "b", "c"), 3, work::pending);
        begun.get(2).callback("C");
        begun.get(0).callback("A");
        assertThat(whole.called()).isFalse();
        begun.get(1).callback("B");
        assertValue(whole, List.of("A", "B", "C"));
    }

    @Test
    void noMoreThanTheLimitAreUnderWay() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2, 3, 4), 2, work::pending);
        assertThat(begun).hasSize(2);
        begun.get(1).callback("1");
        assertThat(begun).hasSize(3);
        begun.get(2).callback("2");
        begun.get(0).callback("0");
        assertThat(begun).hasSize(5);
        begun.get(4).callback("4");
        begun.get(3).callback("3");
        assertValue(whole, List.of("0", "1", "2", "3", "4"));
    }

    @Test
    void theFunctionIsCalledInTheOrderOfTheItems() {
        Deferred<List<Integer>> whole = Parallel.map(List.of(3, 1, 2), 2, item -> {
            seen.add(item);
            return Deferred.succeed(item * 10);
        });
        assertThat(seen).containsExactly(3, 1, 2);
        assertValue(whole, List.of(30, 10, 20));
    }

    @Test
    void nullIsAnItemAndAValue() {
        Deferred<List<Object>> whole =
                Parallel.map(Collections.singletonList(null), 1, item -> Deferred.succeed(seen.add(item) ? null : ""));
        assertThat(seen).containsExactly((Object) null);
        assertValue(whole, Collections.singletonList(null));
    }

    @Test
    void aThreadIsAValue() {
        Thread thread = Thread.currentThread();
        assertValue(Parallel.map(List.of(1), 1, item -> Deferred.succeed(thread)), List.of(thread));
    }

    @Test
    void ofNoItemsThereIsAnEmptyListAtOnce() {
        assertValue(Parallel.map(List.of(), 1, work::pending), List.of());
        assertValue(Parallel.outcomes(List.of(), 1, work::pending), List.of());
        assertThat(begun).isEmpty();
    }

    @Test
    void theItemsAreCopied() {
        List<String> items = new ArrayList<>(List.of("a", "b"));
        Deferred<List<String>> whole = Parallel.map(items, 1, work::pending);
        items.clear();
        begun.get(0).callback("A");
        begun.get(1).callback("B");
        assertValue(whole, List.of("A", "B"));
    }

    @Test
    void theListCannotBeChanged() throws Exception {
        List<Integer> values =
                Parallel.map(List.of(1), 1, item -> Deferred.succeed(item)).get(Duration.ZERO);
        assertThatThrownBy(() -> values.set(0, 2)).isInstanceOf(UnsupportedOperationException.class);
        List<Outcome<Integer>> outcomes =
                Parallel.outcomes(List.of(1), 1, item -> Deferred.succeed(item)).get(Duration.ZERO);
        assertThatThrownBy(() -> outcomes.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theReturnedDeferredsGoOnWithNull() {
        Deferred<List<String>> whole = Parallel.map(List.of("a"), 1, work::pending);
        begun.get(0).callback("A");
        assertValue(begun.get(0), null);
        assertValue(whole, List.of("A"));
    }

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> Parallel.map(List.of(1), 0, work::pending))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit must be at least one item at a time, not 0");
        assertThatThrownBy(() -> Parallel.outcomes(List.of(), -1, work::pending))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Parallel.map(null, 1, work::pending)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Parallel.map(List.of(1), 1, null)).isInstanceOf(NullPointerException.class);
        assertThat(begun).isEmpty();
    }

    @Test
    void theResultIsLateOnlyForOneThatOthersHaveFired() {
        Deferred<List<String>> inTime =
                Parallel.map(List.of("a"), 1, work::pending).onLateResult(seen::add);
        begun.get(0).callback("A");
        assertValue(inTime, List.of("A"));
        assertThat(seen).isEmpty();

        Deferred<List<String>> meddled =
                Parallel.map(List.of("b"), 1, work::pending).onLateResult(seen::add);
        meddled.callback(List.of());
        begun.get(1).callback("B");
        assertThat(seen).containsExactly(List.of("B"));
    }
}
