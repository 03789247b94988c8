// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    private static Duration seconds(long n) {
        return Duration.ofSeconds(n);
    }

    @Test
    void advanceStepsFromDueTimeToDueTime() {
        clock.callLater(seconds(1), () -> {
            seen.add(clock.now());
            clock.callLater(seconds(1), () -> seen.add(clock.now()));
        });
        clock.advance(seconds(3));
        assertThat(seen).as("two sleeps in a row end in one call").containsExactly(seconds(1), seconds(2));
        assertThat(clock.now()).isEqualTo(seconds(3));
    }

    @Test
    void jumpMovesAtOnceAndThenRunsWhatIsOverdue() {
        clock.callLater(seconds(1), () -> {
            seen.add(clock.now());
            clock.callLater(seconds(1), () -> seen.add(clock.now()));
        });
        clock.jump(seconds(3));
        assertThat(seen).containsExactly(seconds(3));
        assertThat(clock.delayedCalls())
                .singleElement()
                .satisfies(c -> assertThat(c.time()).isEqualTo(seconds(4)));
    }

    @Test
    void callsDueAtTheSameTimeRunInTheOrderInWhichTheyWereMade() {
        clock.callLater(seconds(2), () -> seen.add("b"));
        clock.callLater(seconds(1), () -> seen.add("a"));
        clock.callLater(seconds(2), () -> seen.add("c"));
        clock.pump(seconds(1), seconds(1));
        assertThat(seen).containsExactly("a", "b", "c");
    }

    @Test
    void whatACallThrowsLeavesAdvanceAndLosesNoOtherCall() {
        clock.callLater(seconds(1), () -> {
            throw new IllegalStateException("from the call");
        });
        clock.callLater(seconds(1), () -> seen.add("after"));
        assertThatThrownBy(() -> clock.advance(seconds(5))).hasMessage("from the call");
        assertThat(clock.now()).isEqualTo(seconds(1));
        clock.advance(Duration.ZERO);
        assertThat(seen).containsExactly("after");
    }

    @Test
    void aCallThatIsOverCannotBeCancelledOrMoved() {
        DelayedCall made = clock.callLater(seconds(1), () -> {});
        DelayedCall cancelled = clock.callLater(seconds(1), () -> seen.add("never"));
        cancelled.cancel();
        clock.advance(seconds(1));
        assertThat(made.active()).isFalse();
        assertThatThrownBy(made::cancel).isInstanceOf(DelayedCallCalledException.class);
        assertThatThrownBy(() -> made.delay(seconds(1))).isInstanceOf(DelayedCallCalledException.class);
        assertThatThrownBy(() -> cancelled.reset(seconds(1))).isInstanceOf(DelayedCallCancelledException.class);
        assertThat(made.tryCancel()).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void aCallCanBeMoved() {
        DelayedCall call = clock.callLater(seconds(5), () -> seen.add(clock.now()));
        call.delay(seconds(2));
        assertThat(call.time()).isEqualTo(seconds(7));
        call.reset(seconds(1));
        assertThat(call.time()).isEqualTo(seconds(1));
        call.delay(seconds(-5));
        assertThat(call.time()).as("never before the start").isEqualTo(Duration.ZERO);
        clock.advance(Duration.ZERO);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aCallSaysHowItStands() {
        DelayedCall call = clock.callLater(seconds(5), () -> {});
        assertThat(call).hasToString("DelayedCall[ARMED, due PT5S]");
        call.cancel();
        assertThat(call).hasToString("DelayedCall[CANCELLED, due PT5S]");
    }

    @Test
    void advanceToNextMakesOneCallAndTellsWhetherThereWasOne() {
        clock.callLater(seconds(2), () -> seen.add("second"));
        clock.callLater(seconds(1), () -> seen.add("first"));
        assertThat(clock.advanceToNext()).isTrue();
        assertThat(seen).containsExactly("first");
        assertThat(clock.now()).isEqualTo(seconds(1));
        assertThat(clock.advanceToNext()).isTrue();
        assertThat(clock.advanceToNext()).isFalse();
        assertThat(seen).containsExactly("first", "second");
        assertThat(clock.now()).isEqualTo(seconds(2));
    }

    @Test
    void aRandomClockMakesCallsOfTheSameTimeInEveryOrderAndEachSeedInOne() {
        Set<List<Object>> orders = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            List<Object> order = orderOf(new VirtualClock(new Random(seed)));
            assertThat(orderOf(new VirtualClock(new Random(seed)))).isEqualTo(order);
            orders.add(order);
        }
        assertThat(orders).hasSize(6).allMatch(order -> order.get(3).equals("later"));
    }

    private static List<Object> orderOf(VirtualClock random) {
        List<Object> order = new ArrayList<>();
        random.callLater(seconds(2), () -> order.add("later"));
        for (int i = 0; i < 3; i++) {
            int number = i;
            random.callLater(seconds(1), () -> order.add(number));
        }
        random.advance(seconds(2));
        return order;
    }
}
