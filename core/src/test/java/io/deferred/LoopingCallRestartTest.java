// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.LoopingCalls.assertStopped;
import static io.deferred.LoopingCalls.telling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deferred.LoopingCall.First;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each start is a run by itself, with a Deferred of its own. */
class LoopingCallRestartTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void stopLeavesTheCallsDeferredAlone() {
        Deferred<String> pending = new Deferred<>(self -> seen.add("cancelled"));
        LoopingCall loop = new LoopingCall(clock, () -> pending);
        Deferred<LoopingCall> done = loop.start(SECOND);
        loop.stop();
        assertThat(loop.running()).isFalse();
        assertThat(done.called()).isFalse();
        pending.callback("ended");
        assertStopped(loop, done);
        assertThat(seen).isEmpty();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void aLoopThatIsStartedAgainInItsFunctionHasOneTimer() {
        List<Deferred<LoopingCall>> starts = new ArrayList<>();
        LoopingCall[] loop = new LoopingCall[1];
        loop[0] = new LoopingCall(clock, () -> {
            seen.add(clock.now());
            if (seen.size() == 1) {
                loop[0].stop();
                starts.add(loop[0].start(SECOND.multipliedBy(2), First.AFTER_INTERVAL));
                seen.add("old one: " + starts.get(0).called());
            }
        });
        starts.add(loop[0].start(SECOND, First.AFTER_INTERVAL));
        clock.advance(SECOND);
        assertStopped(loop[0], starts.get(0));
        assertThat(clock.delayedCalls()).hasSize(1);
        clock.advance(SECOND.multipliedBy(4));
        assertThat(seen).containsExactly(SECOND, "old one: false", SECOND.multipliedBy(3), SECOND.multipliedBy(5));
        assertThat(starts.get(1).called()).isFalse();
        loop[0].stop();
        assertStopped(loop[0], starts.get(1));
    }

    @Test
    void aLoopThatIsStartedAgainWhileItsCallIsPendingLosesNoDeferred() {
        List<Deferred<String>> calls = new ArrayList<>();
        LoopingCall loop = new LoopingCall(clock, () -> {
            calls.add(new Deferred<>());
            return calls.get(calls.size() - 1);
        });
        Deferred<LoopingCall> first = loop.start(SECOND);
        loop.stop();
        Deferred<LoopingCall> second = loop.start(SECOND);
        assertThat(calls).hasSize(2);
        calls.get(1).callback("the new start's");
        assertThat(first.called()).isFalse();
        assertThat(clock.delayedCalls()).hasSize(1);
        calls.get(0).callback("the old start's");
        assertStopped(loop, first);
        assertThat(clock.delayedCalls()).hasSize(1);
        loop.stop();
        assertStopped(loop, second);
    }

    @Test
    void canBeStartedAgainByTheCallbackOfItsEnd() {
        LoopingCall loop = telling(clock, seen);
        Deferred<LoopingCall> again = loop.start(SECOND).chainCallback(l -> l.start(SECOND, First.AFTER_INTERVAL));
        loop.stop();
        assertThat(loop.running()).isTrue();
        clock.advance(SECOND);
        assertThat(seen).hasSize(2);
        loop.stop();
        assertStopped(loop, again);
    }

    @Test
    void whoeverFiresTheDeferredOfStartDoesNotBreakTheLoop() {
        LoopingCall loop = telling(clock, seen);
        Deferred<LoopingCall> done = loop.start(SECOND);
        done.callback(loop);
        clock.advance(SECOND);
        assertThat(seen).hasSize(2);
        loop.stop();
        assertThat(loop.running()).isFalse();
    }

    @Test
    void theEndIsLateOnlyForOneThatOthersHaveFired() {
        LoopingCall loop = telling(clock, seen);
        Deferred<LoopingCall> inTime = loop.start(SECOND).onLateResult(seen::add);
        loop.stop();
        assertStopped(loop, inTime);
        seen.clear();
        loop.start(SECOND, First.AFTER_INTERVAL).onLateResult(seen::add).callback(loop);
        loop.stop();
        assertThat(seen).containsExactly(loop);
    }

    @Test
    void thatItIsRunningIsSaidBeforeAnythingElse() {
        LoopingCall loop = telling(clock, seen);
        loop.start(SECOND).called();
        assertThatIllegalStateException().isThrownBy(() -> loop.start(Duration.ofNanos(-1)));
        loop.stop();
    }
}
