// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.LoopingCalls.assertStopped;
import static io.deferred.LoopingCalls.millis;
import static io.deferred.LoopingCalls.telling;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.LoopingCall.First;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The points in time at which a LoopingCall calls, and the count of those that it has left out. */
class LoopingCallTimesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void callsThatWereDueMeanwhileAreLeftOut() {
        LoopingCall loop = telling(clock, seen);
        loop.start(SECOND).called();
        clock.jump(millis(2500));
        clock.advance(SECOND);
        assertThat(seen).containsExactly(Duration.ZERO, millis(2500), millis(3000));
    }

    @Test
    void aFunctionThatTakesLongDoesNotShiftTheCallsAfterIt() {
        LoopingCall loop = new LoopingCall(clock, () -> {
            seen.add(clock.now());
            clock.jump(millis(300));
        });
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        clock.advance(millis(3500));
        assertThat(seen).containsExactly(millis(1000), millis(2000), millis(3000));
    }

    @Test
    void countsAddUpWhereFloatingPointWouldNot() {
        LoopingCall loop = LoopingCall.withCount(clock, seen::add);
        loop.start(Duration.ofSeconds(1).dividedBy(10), First.AFTER_INTERVAL).called();
        for (int i = 0; i < 10; i++) {
            clock.jump(Duration.ofSeconds(1).dividedBy(10));
        }
        assertThat(seen).hasSize(10).containsOnly(1L);
        clock.jump(millis(50));
        assertThat(seen).hasSize(10);
    }

    @Test
    void anIntervalThatDoesNotDivideTheSecondDoesNotDrift() {
        Duration third = SECOND.dividedBy(3);
        LoopingCall loop = telling(clock, seen);
        loop.start(third, First.AFTER_INTERVAL).called();
        for (int i = 0; i < 3_000; i++) {
            clock.jump(third);
        }
        assertThat(seen).hasSize(3_000).endsWith(third.multipliedBy(3_000));
    }

    @Test
    void theCountIsOfAllThatWasLeftOutWhileTheCallWasPending() {
        Deferred<String> pending = new Deferred<>();
        LoopingCall loop = LoopingCall.withCount(clock, count -> {
            seen.add(count);
            return pending;
        });
        loop.start(SECOND).called();
        clock.advance(millis(4200));
        pending.callback("at last");
        clock.advance(millis(800));
        assertThat(seen).containsExactly(1L, 5L);
        assertThat(pending.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void aSchedulerThatIsEarlyIsNotCountedTwice() {
        LoopingCall loop = LoopingCall.withCount(clock, seen::add);
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        clock.delayedCalls().get(0).reset(millis(900));
        clock.advance(millis(950));
        assertThat(seen).isEmpty();
        clock.advance(millis(100));
        assertThat(seen).containsExactly(1L);
    }

    @Test
    void aCallThatCameTooEarlyCountsForNothing() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = LoopingCall.withCount(scheduler, seen::add);
        loop.start(SECOND).called();
        scheduler.clock.advance(millis(999));
        scheduler.actions.get(0).run();
        loop.stop();
        scheduler.clock.advance(millis(501));
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        scheduler.clock.advance(SECOND);
        assertThat(seen).as("the second one at 2.5, after the first at 0").containsExactly(1L, 2L);
        loop.stop();
    }

    @Test
    void theLongestIntervalThereIsIsForEver() {
        LoopingCall loop = telling(clock, seen);
        Deferred<LoopingCall> done = loop.start(Duration.ofSeconds(Long.MAX_VALUE));
        clock.advance(Duration.ofDays(36_500));
        assertThat(seen).hasSize(1);
        loop.stop();
        assertStopped(loop, done);
    }

    @Test
    @Tag("long")
    void aMillionCallsNeedNoMoreStackThanOne() {
        StackDepths depths = new StackDepths();
        LoopingCall loop = new LoopingCall(clock, () -> {
            depths.note();
            return Deferred.succeed("x");
        });
        Deferred<LoopingCall> done = loop.start(Duration.ofNanos(1), First.AFTER_INTERVAL);
        clock.advance(millis(1));
        depths.assertNoGrowthIn(1_000_000);
        loop.stop();
        assertStopped(loop, done);
    }

    @Test
    void resetSkipsTheCallThatIsArmed() {
        LoopingCall loop = telling(clock, seen);
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        clock.advance(millis(600));
        loop.reset();
        assertThat(clock.delayedCalls()).hasSize(1);
        clock.advance(millis(1000));
        assertThat(seen).containsExactly(millis(1600));
    }
}
