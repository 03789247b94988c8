// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.LoopingCall.First;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ends the loop with a failure, and whose failure it is then. */
class LoopingCallFailuresTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void whateverTheFunctionThrowsIsTheFailureOfStart() {
        LoopingCall loop = new LoopingCall(clock, () -> {
            throw new IOException("disk");
        });
        Deferred<LoopingCall> done = loop.start(SECOND);
        assertThat(failureOf(done)).isInstanceOf(IOException.class).hasMessage("disk");
        assertThat(loop.running()).isFalse();
        assertThat(clock.delayedCalls()).isEmpty();
        done.handle(f -> {});
    }

    @Test
    void aFailureThatTheFunctionReturnsEndsTheLoop() {
        Failure failure = new Failure(new IOException("disk"));
        LoopingCall loop = new LoopingCall(clock, () -> failure);
        Deferred<LoopingCall> done = loop.start(SECOND);
        done.handle(f -> seen.add(f));
        assertThat(seen).containsExactly(failure);
    }

    @Test
    void theFailureOfTheCallsDeferredBelongsToStart() {
        Deferred<String> pending = new Deferred<>();
        LoopingCall loop = new LoopingCall(clock, () -> pending);
        Deferred<LoopingCall> done = loop.start(SECOND);
        pending.errback(new IOException("net"));
        assertThat(failureOf(done)).hasMessage("net");
        done.handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aSchedulerThatRefusesTheNextCallEndsTheLoop() {
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        LoopingCall loop = new LoopingCall(closed, () -> seen.add("called"));
        for (First first : First.values()) {
            Deferred<LoopingCall> done = loop.start(SECOND, first);
            assertThat(failureOf(done))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThat(loop.running()).isFalse();
            done.handle(f -> {});
        }
        assertThat(seen).containsExactly("called");
    }

    @Test
    void aSchedulerThatRefusesAResetEndsTheLoop() {
        SystemScheduler scheduler = Scheduler.system(Runnable::run);
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        Deferred<LoopingCall> done = loop.start(LIMIT, First.AFTER_INTERVAL);
        scheduler.close();
        loop.reset();
        assertThat(failureOf(done)).hasMessageContaining("closed");
        assertThat(loop.running()).isFalse();
        done.handle(f -> {});
    }

    @Test
    void waitingForTheDeferredOfItsOwnStartFailsAtOnce() {
        List<Deferred<LoopingCall>> own = new ArrayList<>();
        LoopingCall loop = new LoopingCall(clock, () -> own.get(0));
        own.add(loop.start(SECOND, First.AFTER_INTERVAL));
        clock.advance(SECOND);
        assertThat(failureOf(own.get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its own start");
        own.get(0).handle(f -> {});
    }

    @Test
    void aSchedulerThatCannotTellTheTimeEndsTheLoop() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> {
            scheduler.whileAskedForTheTime(() -> {
                throw new IllegalStateException("no time");
            });
            return "x";
        });
        Deferred<LoopingCall> done = loop.start(SECOND);
        assertThat(failureOf(done)).hasMessage("no time");
        assertThat(loop.running()).isFalse();
        done.handle(f -> {});
    }
}
