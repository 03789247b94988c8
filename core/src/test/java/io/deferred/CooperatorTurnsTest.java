// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Steps.saying;
import static io.deferred.Steps.steps;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tasks take turns, a step each, for as long as a tick may last. */
class CooperatorTurnsTest {
    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final Cooperator oneStepEach = new Cooperator(scheduler, Duration.ZERO);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void tasksTakeTurns() {
        oneStepEach.cooperate(saying(seen, "a", 3));
        oneStepEach.cooperate(saying(seen, "b", 3));
        oneStepEach.cooperate(saying(seen, "c", 3));
        scheduler.pump(9);
        assertThat(seen).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
    }

    @Test
    void nobodyLosesATurnWhenOthersComeAndGo() {
        oneStepEach.cooperate(saying(seen, "a", 1));
        CooperativeTask<?> b = oneStepEach.cooperate(saying(seen, "b", 9));
        oneStepEach.cooperate(saying(seen, "c", 9));
        oneStepEach.cooperate(saying(seen, "d", 9));
        scheduler.pump(4);
        scheduler.pump(1); // a has come to its end
        b.stop();
        scheduler.pump(2);
        oneStepEach.cooperate(saying(seen, "e", 9));
        scheduler.pump(3);
        assertThat(seen).containsExactly("a", "b", "c", "d", "c", "d", "c", "d", "e");
    }

    @Test
    void aTaskThatIsResumedGoesToTheEndOfTheRow() {
        CooperativeTask<?> a = oneStepEach.cooperate(saying(seen, "a", 9));
        oneStepEach.cooperate(saying(seen, "b", 9));
        oneStepEach.cooperate(saying(seen, "c", 9));
        a.pause();
        scheduler.pump(1);
        a.resume();
        scheduler.pump(3);
        assertThat(seen).containsExactly("b", "c", "b", "a");
    }

    @Test
    void aSliceEndsWithTheFirstStepAfterItsTime() {
        VirtualClock time = new VirtualClock();
        Cooperator cooperator = new Cooperator(new Scheduler() {
            @Override
            public Duration now() {
                return time.now();
            }

            @Override
            public DelayedCall callLater(Duration delay, Runnable action) {
                return scheduler.callLater(delay, action);
            }

            @Override
            public List<DelayedCall> delayedCalls() {
                return scheduler.delayedCalls();
            }
        });
        cooperator.cooperate(IntStream.range(0, 100)
                .<Object>mapToObj(i -> {
                    time.jump(Duration.ofMillis(4));
                    return seen.add(i);
                })
                .iterator());
        scheduler.pump(1);
        assertThat(seen).hasSize(3);
        scheduler.pump(1);
        assertThat(seen).hasSize(6);
    }

    @Test
    void eachTickHasARuleOfItsOwn() {
        AtomicInteger ticks = new AtomicInteger();
        Cooperator cooperator = new Cooperator(scheduler, () -> {
            int number = ticks.incrementAndGet();
            AtomicInteger asked = new AtomicInteger();
            return () -> asked.incrementAndGet() == number;
        });
        cooperator.cooperate(saying(seen, "x", 6));
        scheduler.pump(2);
        assertThat(seen).hasSize(3);
        scheduler.pump(1);
        assertThat(seen).hasSize(6);
    }

    @Test
    void onTheVirtualClockATickGoesOnUntilNoTaskCan() {
        VirtualClock clock = new VirtualClock();
        Deferred<?> done = new Cooperator(clock).coiterate(saying(seen, "x", 1000));
        clock.advance(Duration.ZERO);
        assertThat(done.called()).isTrue();
        assertThat(seen).hasSize(1000);
    }

    @Test
    @Tag("long")
    void aMillionStepsWithFiredDeferredsNeedNoMoreStackThanOne() {
        StackDepths depths = new StackDepths();
        VirtualClock clock = new VirtualClock();
        Deferred<?> done = new Cooperator(clock)
                .coiterate(IntStream.range(0, 1_000_000)
                        .mapToObj(i -> {
                            depths.note();
                            return Deferred.succeed(i);
                        })
                        .iterator());
        clock.advance(Duration.ZERO);
        assertThat(done.called()).isTrue();
        depths.assertNoGrowthIn(1_000_000);
    }

    @Test
    @Tag("long")
    void aHundredThousandTasksThatWaitForOneDeferredEnd() {
        VirtualClock clock = new VirtualClock();
        Cooperator cooperator = new Cooperator(clock);
        Deferred<String> gate = new Deferred<>();
        int count = 100_000;
        int[] ended = new int[1];
        for (int i = 0; i < count; i++) {
            cooperator.coiterate(Collections.singleton(gate).iterator()).consume(it -> ended[0]++);
        }
        clock.advance(Duration.ZERO);
        assertThat(ended[0]).isZero();
        gate.callback("open");
        clock.advance(Duration.ZERO);
        assertThat(ended[0]).isEqualTo(count);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void theTaskAloneWaitsForItsDeferred() {
        Deferred<String> gate = new Deferred<>();
        oneStepEach.cooperate(steps(() -> gate, () -> seen.add("a")));
        oneStepEach.cooperate(saying(seen, "b", 9));
        scheduler.pump(3);
        assertThat(seen).containsExactly("b", "b");
        gate.callback("open");
        scheduler.pump(2);
        assertThat(seen).containsExactly("b", "b", "b", "a");
        assertThat(gate.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void aTaskAddedByTheEndOfAnotherIsDone() {
        oneStepEach.coiterate(saying(seen, "first", 1)).consume(it -> oneStepEach.cooperate(saying(seen, "second", 1)));
        scheduler.pump(4);
        assertThat(seen).containsExactly("first", "second");
        scheduler.assertNothingArmed();
    }
}
