// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.LoopingCalls.assertStopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deferred.LoopingCall.First;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A scheduler that other threads disturb: each call is made once, or not at all. */
class LoopingCallDisturbedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final List<Object> seen = new ArrayList<>();

    @Test
    void aCallThatComesAfterItsResetIsNotMade() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        loop.reset();
        scheduler.actions.get(0).run();
        assertThat(seen).isEmpty();
        scheduler.clock.advance(SECOND);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aStopWhileTheNextCallIsBeingArmedTakesItBack() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileArming(loop::stop);
        Deferred<LoopingCall> done = loop.start(SECOND, First.AFTER_INTERVAL);
        assertStopped(loop, done);
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    @Test
    void aCallThatIsMadeBeforeItsHandleIsThereIsMadeOnce() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileArming(() -> scheduler.clock.advance(SECOND));
        Deferred<LoopingCall> done = loop.start(SECOND, First.AFTER_INTERVAL);
        assertThat(seen).hasSize(1);
        assertThat(scheduler.delayedCalls()).hasSize(1);
        loop.stop();
        assertStopped(loop, done);
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    @Test
    void aStopThatComesBeforeTheSchedulerRefusesDecides() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileArming(() -> {
            loop.stop();
            throw new IllegalStateException("refused");
        });
        Deferred<LoopingCall> done = loop.start(SECOND, First.AFTER_INTERVAL);
        assertStopped(loop, done);
    }

    @Test
    void aResetThatComesBeforeTheSchedulerRefusesGoesOn() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileArming(() -> {
            loop.reset();
            throw new IllegalStateException("refused");
        });
        Deferred<LoopingCall> done = loop.start(SECOND, First.AFTER_INTERVAL);
        assertThat(done.called()).isFalse();
        scheduler.clock.advance(SECOND.multipliedBy(2));
        assertThat(seen).hasSize(2);
        loop.stop();
        assertStopped(loop, done);
    }

    @Test
    void aSchedulerThatRefusesACallThatIsNotNeededAnyMoreIsLogged() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileArming(() -> {
            loop.stop();
            throw new IllegalStateException("refused");
        });
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        assertThat(log.seen())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("refused"));
    }

    @Test
    void noCallIsMadeOnceTheSchedulerHasRefusedIt() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileArming(() -> {
            throw new IllegalStateException("refused, when it was armed");
        });
        Deferred<LoopingCall> done = loop.start(SECOND, First.AFTER_INTERVAL);
        assertThat(failureOf(done)).hasMessageContaining("refused");
        scheduler.clock.advance(SECOND);
        assertThat(seen).isEmpty();
        done.handle(f -> {});
    }

    @Test
    void aCallThatComesAfterAResetAndAnotherCallIsNotMade() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        loop.reset();
        scheduler.clock.advance(SECOND);
        assertThat(seen).hasSize(1);
        scheduler.actions.get(0).run();
        assertThat(seen).hasSize(1);
        loop.stop();
    }

    @Test
    void aStopWhileAResetAsksForTheTimeDecides() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        Deferred<LoopingCall> done = loop.start(SECOND, First.AFTER_INTERVAL);
        scheduler.whileAskedForTheTime(loop::stop);
        assertThatIllegalStateException().isThrownBy(loop::reset).withMessageContaining("not running");
        assertStopped(loop, done);
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    @Test
    void aStartWhileAStartAsksForTheTimeWins() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        LoopingCall loop = new LoopingCall(scheduler, () -> seen.add("called"));
        scheduler.whileAskedForTheTime(
                () -> loop.start(SECOND, First.AFTER_INTERVAL).called());
        assertThatIllegalStateException().isThrownBy(() -> loop.start(LIMIT)).withMessageContaining("running already");
        assertThat(seen).isEmpty();
        assertThat(loop.interval()).contains(SECOND);
        loop.stop();
        assertThat(scheduler.delayedCalls()).isEmpty();
    }
}
