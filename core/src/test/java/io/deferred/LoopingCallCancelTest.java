// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.LoopingCalls.assertStopped;
import static io.deferred.LoopingCalls.millis;
import static io.deferred.LoopingCalls.telling;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.LoopingCall.First;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancel of the Deferred of start stops the loop, and reaches what the call waits for. */
class LoopingCallCancelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void cancellingStopsTheLoopAtOnceBetweenItsCalls() {
        LoopingCall loop = telling(clock, seen);
        Deferred<LoopingCall> done = loop.start(SECOND);
        assertThat(done.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        assertThat(loop.running()).isFalse();
        assertThat(clock.delayedCalls()).isEmpty();
        done.handle(f -> {});
    }

    @Test
    void cancelReachesTheDeferredOfTheCall() {
        Deferred<String> pending = new Deferred<>(self -> seen.add("cancelled"));
        LoopingCall loop = new LoopingCall(clock, () -> pending);
        Deferred<LoopingCall> done = loop.start(SECOND);
        done.cancel();
        assertThat(seen).containsExactly("cancelled");
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        done.handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aCancelledLoopEndsWhenItsCallHas() {
        Deferred<String> cleaning = new Deferred<>(self -> seen.add("cleaning cancelled"));
        Deferred<String> pending = new Deferred<>();
        pending.chainErrback(CancelledException.class, e -> cleaning);
        LoopingCall loop = new LoopingCall(clock, () -> pending);
        Deferred<LoopingCall> done = loop.start(SECOND);
        done.cancel();
        assertThat(loop.running()).isFalse();
        assertThat(done.called()).isFalse();
        cleaning.callback("clean");
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        assertThat(clock.delayedCalls()).isEmpty();
        assertThat(seen).isEmpty();
        done.handle(f -> {});
    }

    @Test
    void aSecondCancelGoesToWhatTheCallWaitsForByThen() {
        Deferred<String> cleaning = new Deferred<>(self -> seen.add("cleaning cancelled"));
        Deferred<String> pending = new Deferred<>();
        pending.chainErrback(CancelledException.class, e -> cleaning);
        Deferred<LoopingCall> done = new LoopingCall(clock, () -> pending).start(SECOND);
        done.cancel();
        done.cancel();
        assertThat(seen).containsExactly("cleaning cancelled");
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        done.handle(f -> {});
    }

    @Test
    void theFailureOfACancelledCallIsTheFailureOfStart() {
        Deferred<String> pending = new Deferred<>(self -> self.errback(new IOException("broken off")));
        Deferred<LoopingCall> done = new LoopingCall(clock, () -> pending).start(SECOND);
        done.cancel();
        assertThat(failureOf(done)).isInstanceOf(IOException.class).hasMessage("broken off");
        done.handle(f -> {});
    }

    @Test
    void aCancelFromInsideTheFunctionReachesTheDeferredThatItReturns() {
        List<Deferred<LoopingCall>> own = new ArrayList<>();
        LoopingCall loop = new LoopingCall(clock, () -> {
            own.get(0).cancel();
            seen.add("called before it has ended: " + own.get(0).called());
            return new Deferred<>(self -> seen.add("cancelled"));
        });
        own.add(loop.start(SECOND, First.AFTER_INTERVAL));
        clock.advance(SECOND);
        assertThat(seen).containsExactly("called before it has ended: false", "cancelled");
        assertThat(failureOf(own.get(0))).isInstanceOf(CancelledException.class);
        own.get(0).handle(f -> {});
    }

    @Test
    void aCancelAfterStopReachesTheLastCall() {
        Deferred<String> pending = new Deferred<>(self -> self.callback("in spite of all"));
        LoopingCall loop = new LoopingCall(clock, () -> pending);
        Deferred<LoopingCall> done = loop.start(SECOND);
        loop.stop();
        done.cancel();
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        done.handle(f -> {});
    }

    @Test
    void cancellingTheOldStartLeavesTheNewOneAlone() {
        Deferred<String> pending = new Deferred<>();
        AtomicInteger calls = new AtomicInteger();
        LoopingCall loop = new LoopingCall(clock, () -> calls.incrementAndGet() == 1 ? pending : null);
        Deferred<LoopingCall> first = loop.start(SECOND);
        loop.stop();
        Deferred<LoopingCall> second = loop.start(SECOND);
        first.cancel();
        assertThat(failureOf(first)).isInstanceOf(CancelledException.class);
        assertThat(loop.running()).isTrue();
        clock.advance(SECOND);
        assertThat(calls).hasValue(3);
        loop.stop();
        assertStopped(loop, second);
        first.handle(f -> {});
    }

    @Test
    void aTimeOutEndsALoop() {
        LoopingCall loop = telling(clock, seen);
        Deferred<LoopingCall> done = loop.start(SECOND).addTimeout(millis(2500), clock);
        clock.advance(SECOND.multipliedBy(10));
        assertThat(seen).hasSize(3);
        assertThat(failureOf(done)).isInstanceOf(java.util.concurrent.TimeoutException.class);
        done.handle(f -> {});
    }

    @Test
    void aCancelThatComesBackToTheLoopEnds() {
        List<Deferred<LoopingCall>> own = new ArrayList<>();
        LoopingCall loop = new LoopingCall(
                clock,
                () -> new Deferred<>(self -> {
                    seen.add("cancelled");
                    own.get(0).cancel();
                }));
        own.add(loop.start(SECOND));
        Deferred<Object> roundabout = Deferred.succeed("x").chainCallback(x -> own.get(0));
        LoopingCall waiting = new LoopingCall(clock, () -> roundabout);
        Deferred<LoopingCall> other = waiting.start(SECOND);
        other.cancel();
        assertThat(seen).containsExactly("cancelled");
        assertThat(failureOf(other)).isInstanceOf(CancelledException.class);
        other.handle(f -> {});
    }

    @Test
    void aCancelRoundACircleThroughTheLoopItselfReturns() {
        Deferred<Object> gate = new Deferred<>();
        List<Deferred<LoopingCall>> own = new ArrayList<>();
        Deferred<Object> circle = gate.chainCallback(x -> own.get(0));
        own.add(new LoopingCall(clock, () -> circle).start(SECOND));
        gate.callback("x");
        assertThat(own.get(0).cancel()).isEqualTo(Cancellation.PASSED_ON);
    }
}
