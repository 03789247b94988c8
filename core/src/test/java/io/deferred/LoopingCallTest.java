// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.LoopingCalls.assertStopped;
import static io.deferred.LoopingCalls.telling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a LoopingCall is made of and what it refuses, the example of its documentation, and calls on a pool. */
class LoopingCallTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    private record Mailbox(List<Object> seen) {
        Object check() {
            return seen.add("checked");
        }
    }

    @Test
    void pollsAMailbox() {
        Scheduler scheduler = clock;
        Mailbox mailbox = new Mailbox(seen);
        LoopingCall poll = new LoopingCall(scheduler, () -> mailbox.check());
        poll.start(Duration.ofSeconds(30)).handle(f -> System.err.println("No more mail: " + f));
        clock.advance(SECOND.multipliedBy(60));
        assertThat(seen).hasSize(3);
    }

    @Test
    void misuseIsRefusedAndChangesNothing() {
        LoopingCall loop = telling(clock, seen);
        assertThatIllegalStateException().isThrownBy(loop::stop).withMessageContaining("not running");
        assertThatIllegalStateException().isThrownBy(loop::reset).withMessageContaining("not running");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.start(Duration.ofNanos(-1)))
                .withMessageContaining("-0.000000001");
        assertThat(loop.running()).isFalse();
        assertThat(loop.interval()).isEmpty();
        assertThat(seen).isEmpty();
        Deferred<LoopingCall> done = loop.start(SECOND);
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.start(SECOND.multipliedBy(2)))
                .withMessageContaining("running already");
        assertThat(loop.interval()).contains(SECOND);
        clock.advance(SECOND);
        assertThat(seen).hasSize(2);
        loop.stop();
        assertStopped(loop, done);
    }

    @Test
    void nothingIsMadeWithoutItsParts() {
        assertThatNullPointerException().isThrownBy(() -> new LoopingCall(null, () -> {}));
        assertThatNullPointerException().isThrownBy(() -> new LoopingCall(clock, (Action) null));
        assertThatNullPointerException().isThrownBy(() -> new LoopingCall(clock, (Callable<?>) null));
        assertThatNullPointerException().isThrownBy(() -> LoopingCall.withCount(clock, null));
        assertThatNullPointerException().isThrownBy(() -> telling(clock, seen).start(null));
        assertThatNullPointerException().isThrownBy(() -> telling(clock, seen).start(SECOND, null));
    }

    @Test
    void saysWhatItCallsAndHowOften() {
        Callable<?> poll = new Callable<>() {
            @Override
            public Object call() {
                return "x";
            }

            @Override
            public String toString() {
                return "poll";
            }
        };
        LoopingCall loop = new LoopingCall(clock, poll);
        assertThat(loop).hasToString("LoopingCall[not running, calls poll]");
        loop.start(SECOND).called();
        assertThat(loop).hasToString("LoopingCall[every PT1S, calls poll]");
    }

    @Test
    void aPoolMakesOneCallAtATime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try (SystemScheduler scheduler = Scheduler.system(pool)) {
            AtomicInteger inside = new AtomicInteger();
            int[] calls = new int[1]; // plain: each call sees what the one before it did
            LoopingCall[] loop = new LoopingCall[1];
            loop[0] = new LoopingCall(scheduler, () -> {
                assertThat(inside.incrementAndGet()).isEqualTo(1);
                if (++calls[0] == 10_000) {
                    loop[0].stop();
                }
                inside.decrementAndGet();
            });
            loop[0].start(Duration.ZERO).get(LIMIT);
            assertThat(calls[0]).isEqualTo(10_000);
            assertThat(scheduler.delayedCalls()).isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }
}
