// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deferred.LoopingCall.First;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Beyond the recorded programs: Java's own parts of LoopingCall, and where it leaves Twisted. */
class LoopingCallTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    private LoopingCall telling() {
        return new LoopingCall(clock, () -> {
            seen.add(clock.now());
        });
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static void assertStopped(LoopingCall loop, Deferred<LoopingCall> done) {
        assertThat(done.outcome()).contains(new Outcome.Success<>(loop));
    }

    // ---- the points in time

    @Test
    void callsThatWereDueMeanwhileAreLeftOut() {
        LoopingCall loop = telling();
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
        LoopingCall loop = telling();
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
        LoopingCall loop = telling();
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

    // ---- failures

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

    // ---- a scheduler that other threads disturb

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

    // ---- the example of the documentation

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

    // ---- misuse changes nothing

    @Test
    void misuseIsRefusedAndChangesNothing() {
        LoopingCall loop = telling();
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
        assertThatNullPointerException().isThrownBy(() -> telling().start(null));
        assertThatNullPointerException().isThrownBy(() -> telling().start(SECOND, null));
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

    // ---- stopping, and starting again

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
        LoopingCall loop = telling();
        Deferred<LoopingCall> again = loop.start(SECOND).chainCallback(l -> l.start(SECOND, First.AFTER_INTERVAL));
        loop.stop();
        assertThat(loop.running()).isTrue();
        clock.advance(SECOND);
        assertThat(seen).hasSize(2);
        loop.stop();
        assertStopped(loop, again);
    }

    @Test
    void resetSkipsTheCallThatIsArmed() {
        LoopingCall loop = telling();
        loop.start(SECOND, First.AFTER_INTERVAL).called();
        clock.advance(millis(600));
        loop.reset();
        assertThat(clock.delayedCalls()).hasSize(1);
        clock.advance(millis(1000));
        assertThat(seen).containsExactly(millis(1600));
    }

    @Test
    void whoeverFiresTheDeferredOfStartDoesNotBreakTheLoop() {
        LoopingCall loop = telling();
        Deferred<LoopingCall> done = loop.start(SECOND);
        done.callback(loop);
        clock.advance(SECOND);
        assertThat(seen).hasSize(2);
        loop.stop();
        assertThat(loop.running()).isFalse();
    }

    @Test
    void theEndIsLateOnlyForOneThatOthersHaveFired() {
        LoopingCall loop = telling();
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
        LoopingCall loop = telling();
        loop.start(SECOND).called();
        assertThatIllegalStateException().isThrownBy(() -> loop.start(Duration.ofNanos(-1)));
        loop.stop();
    }

    // ---- cancelling

    @Test
    void cancellingStopsTheLoopAtOnceBetweenItsCalls() {
        LoopingCall loop = telling();
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
        LoopingCall loop = telling();
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

    // ---- threads

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
