// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Beyond the recorded programs: several tasks, Java's own parts of Cooperator, and where it leaves Twisted. */
class CooperatorTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Reports reports = new Reports();

    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final Cooperator oneStepEach = new Cooperator(scheduler, Duration.ZERO);
    private final List<Object> seen = new ArrayList<>();

    /** An iterator that does these one after the other. */
    private static Iterator<Object> steps(Callable<?>... steps) {
        Iterator<Callable<?>> rest = Arrays.asList(steps).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public Object next() {
                try {
                    return rest.next().call();
                } catch (Exception e) {
                    return new Failure(e).raise();
                }
            }
        };
    }

    /** An iterator that says a word at each step. */
    private Iterator<Object> saying(String word, int times) {
        return IntStream.range(0, times).<Object>mapToObj(i -> seen.add(word)).iterator();
    }

    private void pump(int times) {
        for (int i = 0; i < times; i++) {
            scheduler.pump();
        }
    }

    private void assertNothingArmed() {
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    // ---- in turn

    @Test
    void tasksTakeTurns() {
        oneStepEach.cooperate(saying("a", 3));
        oneStepEach.cooperate(saying("b", 3));
        oneStepEach.cooperate(saying("c", 3));
        pump(9);
        assertThat(seen).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
    }

    @Test
    void nobodyLosesATurnWhenOthersComeAndGo() {
        oneStepEach.cooperate(saying("a", 1));
        CooperativeTask<?> b = oneStepEach.cooperate(saying("b", 9));
        oneStepEach.cooperate(saying("c", 9));
        oneStepEach.cooperate(saying("d", 9));
        pump(4);
        pump(1); // a has come to its end
        b.stop();
        pump(2);
        oneStepEach.cooperate(saying("e", 9));
        pump(3);
        assertThat(seen).containsExactly("a", "b", "c", "d", "c", "d", "c", "d", "e");
    }

    @Test
    void aTaskThatIsResumedGoesToTheEndOfTheRow() {
        CooperativeTask<?> a = oneStepEach.cooperate(saying("a", 9));
        oneStepEach.cooperate(saying("b", 9));
        oneStepEach.cooperate(saying("c", 9));
        a.pause();
        pump(1);
        a.resume();
        pump(3);
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
        pump(1);
        assertThat(seen).hasSize(3);
        pump(1);
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
        cooperator.cooperate(saying("x", 6));
        pump(2);
        assertThat(seen).hasSize(3);
        pump(1);
        assertThat(seen).hasSize(6);
    }

    @Test
    void onTheVirtualClockATickGoesOnUntilNoTaskCan() {
        VirtualClock clock = new VirtualClock();
        Deferred<?> done = new Cooperator(clock).coiterate(saying("x", 1000));
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
        oneStepEach.cooperate(saying("b", 9));
        pump(3);
        assertThat(seen).containsExactly("b", "b");
        gate.callback("open");
        pump(2);
        assertThat(seen).containsExactly("b", "b", "b", "a");
        assertThat(gate.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void aTaskAddedByTheEndOfAnotherIsDone() {
        oneStepEach.coiterate(saying("first", 1)).consume(it -> oneStepEach.cooperate(saying("second", 1)));
        pump(4);
        assertThat(seen).containsExactly("first", "second");
        assertNothingArmed();
    }

    // ---- pausing

    @Test
    void pausesAndWaitingAreCountedApart() {
        Deferred<String> gate = new Deferred<>();
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate, () -> seen.add("on")));
        pump(1);
        assertThatExceptionOfType(NotPausedException.class).isThrownBy(task::resume);
        task.pause();
        gate.callback("open");
        pump(1);
        assertThat(seen).isEmpty();
        task.resume();
        pump(1);
        assertThat(seen).containsExactly("on");
    }

    @Test
    void aStepMayPauseItsOwnTask() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        own.add(oneStepEach.cooperate(steps(
                () -> {
                    own.get(0).pause();
                    return "x";
                },
                () -> seen.add("on"))));
        pump(2);
        assertThat(seen).isEmpty();
        assertNothingArmed();
        own.get(0).resume();
        pump(1);
        assertThat(seen).containsExactly("on");
    }

    @Test
    void aStepMayPauseAndResumeItsOwnTask() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        own.add(oneStepEach.cooperate(steps(
                () -> {
                    own.get(0).pause();
                    own.get(0).resume();
                    return "x";
                },
                () -> seen.add("on"))));
        pump(2);
        assertThat(seen).containsExactly("on");
    }

    @Test
    void whatHasEndedRefusesToBePausedOrStopped() {
        CooperativeTask<?> done = oneStepEach.cooperate(steps());
        CooperativeTask<?> failed = oneStepEach.cooperate(steps(() -> {
            throw new IOException("disk");
        }));
        CooperativeTask<?> stopped = oneStepEach.cooperate(steps());
        stopped.stop();
        pump(3);
        assertThatExceptionOfType(TaskDoneException.class).isThrownBy(done::pause);
        assertThatExceptionOfType(TaskStoppedException.class).isThrownBy(stopped::stop);
        assertThatExceptionOfType(TaskFailedException.class)
                .isThrownBy(failed::stop)
                .withMessageContaining("disk")
                .withCauseInstanceOf(IOException.class)
                .isInstanceOf(TaskFinishedException.class);
        assertThatExceptionOfType(NotPausedException.class)
                .isThrownBy(done::resume)
                .isInstanceOf(SchedulerException.class);
    }

    @Test
    void pausingTheOnlyTaskTakesTheTickBack() {
        CooperativeTask<?> task = oneStepEach.cooperate(saying("x", 1));
        task.pause();
        assertNothingArmed();
    }

    @Test
    void aTaskThatIsResumedWhenItIsStoppedTellsOfItsEnd() {
        CooperativeTask<?> task = oneStepEach.cooperate(saying("x", 1));
        Deferred<?> done = task.whenDone();
        task.pause();
        oneStepEach.stop();
        assertThat(done.called()).isFalse();
        task.resume();
        assertThat(failureOf(done)).isInstanceOf(SchedulerStoppedException.class);
        done.handle(f -> {});
    }

    @Test
    void showsHowItStands() {
        Iterator<Object> iterator = Arrays.<Object>asList(new Deferred<>()).iterator();
        CooperativeTask<?> task = oneStepEach.cooperate(iterator);
        String shown = ", " + iterator + "]";
        assertThat(task).hasToString("CooperativeTask[can go on" + shown);
        task.pause();
        assertThat(task).hasToString("CooperativeTask[paused" + shown);
        task.resume();
        pump(1);
        assertThat(task).hasToString("CooperativeTask[waiting" + shown);
        task.stop();
        assertThat(task).hasToString("CooperativeTask[ended" + shown);
    }

    // ---- ends

    @Test
    void theIteratorItselfIsTheResult() {
        Iterator<Object> iterator = steps();
        CooperativeTask<Iterator<Object>> task = oneStepEach.cooperate(iterator);
        Deferred<Iterator<Object>> before = task.whenDone();
        pump(1);
        assertThat(before.outcome()).contains(new Outcome.Success<>(iterator));
        assertThat(task.whenDone().outcome()).contains(new Outcome.Success<>(iterator));
    }

    @Test
    void whateverTheIteratorThrowsEndsTheTask() {
        Error error = new AssertionError("broken");
        Deferred<?> next = oneStepEach.coiterate(steps(() -> {
            throw error;
        }));
        Deferred<?> hasNext = oneStepEach.coiterate(new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw error;
            }

            @Override
            public Object next() {
                return seen.add("never");
            }
        });
        pump(2);
        assertThat(failureOf(next)).isSameAs(error);
        assertThat(failureOf(hasNext)).isSameAs(error);
        assertThat(seen).isEmpty();
        next.handle(f -> {});
        hasNext.handle(f -> {});
    }

    @Test
    void theFailureOfWhatATaskWaitsForEndsItEvenIfItIsPaused() {
        Deferred<String> gate = new Deferred<>();
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate));
        Deferred<?> done = task.whenDone();
        pump(1);
        task.pause();
        gate.errback(new IOException("net"));
        assertThat(failureOf(done)).hasMessage("net");
        done.handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aFailureThatComesWhenTheTaskHasEndedStaysWhereItIs() {
        Deferred<String> gate = new Deferred<>();
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate));
        pump(1);
        task.stop();
        gate.errback(new IOException("net"));
        assertThat(failureOf(gate)).hasMessage("net");
        assertThat(reports.now()).hasSize(1);
    }

    @Test
    void aTaskThatIsEndedInTheMiddleOfAStepAndThrowsIsReported() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        own.add(oneStepEach.cooperate(steps(() -> {
            own.get(0).stop();
            throw new IOException("disk");
        })));
        Deferred<?> done = own.get(0).whenDone();
        pump(1);
        assertThat(failureOf(done)).isInstanceOf(TaskStoppedException.class);
        done.handle(f -> {});
        assertThat(reports.now()).hasSize(1);
        assertThat(reports.now().get(0).failure().exception()).hasMessage("disk");
    }

    @Test
    void anEndThatIsToldInTimeIsNotLate() {
        Deferred<?> done = oneStepEach.cooperate(steps()).whenDone().onLateResult(seen::add);
        pump(1);
        assertThat(done.called()).isTrue();
        assertThat(seen).isEmpty();
    }

    @Test
    void aTaskThatIsResumedWhenItHasEndedTellsNobodyTwice() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        CooperativeTask<Iterator<Object>> task = oneStepEach.cooperate(new Iterator<>() {
            @Override
            public boolean hasNext() {
                own.get(0).pause();
                return false;
            }

            @Override
            public Object next() {
                return seen.add("never");
            }
        });
        own.add(task);
        Deferred<?> done = task.whenDone().onLateResult(seen::add);
        pump(1);
        assertThat(done.called()).isTrue();
        task.resume();
        assertThat(seen).isEmpty();
    }

    @Test
    void whoFiresOneThatTellsOfTheEndGetsItLate() {
        Iterator<Object> iterator = steps();
        CooperativeTask<Iterator<Object>> task = oneStepEach.cooperate(iterator);
        Deferred<Iterator<Object>> done = task.whenDone().onLateResult(seen::add);
        done.callback(steps());
        pump(1);
        assertThat(seen).containsExactly(iterator);
    }

    @Test
    void aDeferredThatExistsAlreadyMayBeFired() {
        Deferred<Object> mine = new Deferred<>();
        Iterator<Object> iterator = steps();
        oneStepEach.coiterate(iterator, mine);
        pump(1);
        assertThat(mine.outcome()).contains(new Outcome.Success<>(iterator));
    }

    // ---- cancelling

    @Test
    void cancellingCoiterateStopsTheTaskAndCancelsWhatItWaitsFor() {
        Deferred<String> gate = new Deferred<>(self -> seen.add("gate cancelled"));
        Deferred<?> done = oneStepEach.coiterate(steps(() -> gate, () -> seen.add("never")));
        pump(1);
        assertThat(done.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        pump(1);
        assertThat(seen).containsExactly("gate cancelled");
        assertNothingArmed();
        done.handle(f -> {});
    }

    @Test
    void cancellingCoiterateBetweenStepsTakesTheTickBack() {
        Deferred<?> done = oneStepEach.coiterate(saying("x", 9));
        pump(1);
        done.cancel();
        assertNothingArmed();
        assertThat(seen).hasSize(1);
        done.handle(f -> {});
    }

    @Test
    void aCancelInTheMiddleOfAStepReachesTheDeferredThatItGives() {
        List<Deferred<?>> own = new ArrayList<>();
        own.add(oneStepEach.coiterate(steps(() -> {
            own.get(0).cancel();
            return new Deferred<>(self -> seen.add("cancelled"));
        })));
        pump(1);
        assertThat(seen).containsExactly("cancelled");
        assertThat(failureOf(own.get(0))).isInstanceOf(CancelledException.class);
        own.get(0).handle(f -> {});
    }

    @Test
    void stoppingATaskDoesNotCancelWhatItWaitsFor() {
        Deferred<String> gate = new Deferred<>(self -> seen.add("gate cancelled"));
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate));
        pump(1);
        task.stop();
        assertThat(seen).isEmpty();
        gate.callback("open");
        assertThat(gate.outcome()).contains(new Outcome.Success<>(null));
        assertNothingArmed();
    }

    @Test
    void aTimeOutEndsATask() {
        VirtualClock clock = new VirtualClock();
        Deferred<?> done = oneStepEach.coiterate(saying("x", 9)).addTimeout(Duration.ofSeconds(1), clock);
        pump(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(failureOf(done)).isInstanceOf(TimeoutException.class);
        assertNothingArmed();
        done.handle(f -> {});
    }

    @Test
    void cancellingWhenDoneLeavesTheTaskAlone() {
        CooperativeTask<?> task = oneStepEach.cooperate(saying("x", 2));
        Deferred<?> one = task.whenDone();
        Deferred<?> other = task.whenDone();
        one.cancel();
        assertThat(failureOf(one)).isInstanceOf(CancelledException.class);
        pump(3);
        assertThat(seen).hasSize(2);
        assertThat(other.called()).isTrue();
        one.handle(f -> {});
    }

    // ---- starting and stopping

    @Test
    void tasksAreKeptUntilItIsStarted() {
        Cooperator cooperator =
                new Cooperator(scheduler, Cooperator.slices(scheduler, Duration.ZERO), Cooperator.Begin.WHEN_STARTED);
        cooperator.cooperate(saying("x", 1));
        assertThat(cooperator.running()).isFalse();
        assertThat(cooperator).hasToString("Cooperator[not running, 1 tasks can go on]");
        assertNothingArmed();
        cooperator.start();
        assertThat(cooperator.running()).isTrue();
        pump(1);
        assertThat(seen).hasSize(1);
    }

    @Test
    void stoppingEndsAllThatCouldGoOnAlsoTheOneThatIsStepping() {
        List<Deferred<?>> ends = new ArrayList<>();
        ends.add(oneStepEach.coiterate(steps(() -> {
            oneStepEach.stop();
            return "x";
        })));
        ends.add(oneStepEach.coiterate(saying("x", 9)));
        pump(1);
        for (Deferred<?> end : ends) {
            assertThat(failureOf(end)).isInstanceOf(SchedulerStoppedException.class);
            end.handle(f -> {});
        }
        assertThat(seen).isEmpty();
        assertNothingArmed();
        Deferred<?> late = oneStepEach.coiterate(saying("x", 9));
        assertThat(failureOf(late)).isInstanceOf(SchedulerStoppedException.class);
        late.handle(f -> {});
    }

    @Test
    void whatIsPausedWhenItIsStoppedGoesOnIfItIsStartedAgain() {
        CooperativeTask<?> ends = oneStepEach.cooperate(saying("a", 9));
        CooperativeTask<?> goesOn = oneStepEach.cooperate(saying("b", 9));
        ends.pause();
        goesOn.pause();
        oneStepEach.stop();
        ends.resume();
        oneStepEach.start();
        goesOn.resume();
        pump(1);
        assertThat(seen).containsExactly("b");
        assertThatExceptionOfType(SchedulerStoppedException.class).isThrownBy(ends::pause);
    }

    // ---- what breaks

    @Test
    void aRuleThatThrowsEndsTheTasksAndNothingElse() {
        List<BooleanSupplier> rules = new ArrayList<>();
        rules.add(() -> {
            throw new ArithmeticException("rule");
        });
        rules.add(null);
        rules.add(() -> true);
        Cooperator cooperator = new Cooperator(scheduler, () -> rules.remove(0));
        Deferred<?> first = cooperator.coiterate(saying("a", 9));
        Deferred<?> second = cooperator.coiterate(saying("b", 9));
        pump(1);
        assertThat(failureOf(first)).hasMessage("rule");
        assertThat(failureOf(second)).hasMessage("rule");
        Deferred<?> third = cooperator.coiterate(saying("c", 9));
        pump(1);
        assertThat(failureOf(third)).isInstanceOf(NullPointerException.class);
        cooperator.coiterate(saying("d", 9));
        pump(1);
        assertThat(seen).containsExactly("a", "c", "d");
        List.of(first, second, third).forEach(d -> d.handle(f -> {}));
    }

    @Test
    void aSchedulerThatRefusesEndsTheTasks() {
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        Cooperator cooperator = new Cooperator(closed);
        Deferred<?> done = cooperator.coiterate(saying("x", 9));
        assertThat(failureOf(done)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        CooperativeTask<?> task = cooperator.cooperate(saying("x", 9));
        assertThatExceptionOfType(TaskFailedException.class)
                .isThrownBy(task::pause)
                .withMessageContaining("closed");
        done.handle(f -> {});
    }

    @Test
    void aSchedulerThatRefusesTheNextTickEndsAllThatCouldGoOn() {
        AtomicInteger armed = new AtomicInteger();
        Cooperator cooperator =
                new Cooperator(new RefusingScheduler(scheduler, () -> armed.incrementAndGet() > 1), Duration.ZERO);
        Deferred<?> first = cooperator.coiterate(saying("a", 9));
        Deferred<?> second = cooperator.coiterate(saying("b", 9));
        pump(1);
        assertThat(seen).containsExactly("a");
        assertThat(failureOf(first)).hasMessage("refused");
        assertThat(failureOf(second)).hasMessage("refused");
        List.of(first, second).forEach(d -> d.handle(f -> {}));
    }

    @Test
    void aTaskThatJoinsWhenABrokenRuleHasEndedTheOthersGoesOn() {
        AtomicInteger slices = new AtomicInteger();
        Cooperator cooperator = new Cooperator(scheduler, () -> {
            if (slices.getAndIncrement() == 0) {
                throw new IllegalStateException("rule");
            }
            return () -> true;
        });
        cooperator.coiterate(saying("a", 9)).handle(failure -> cooperator.coiterate(saying("b", 1)));
        pump(2);
        assertThat(seen).containsExactly("b");
        pump(1);
        assertNothingArmed();
    }

    @Test
    void showsHowManyTasksCanGoOnAlsoInTheMiddleOfAStep() {
        oneStepEach.coiterate(saying("a", 1));
        oneStepEach.coiterate(steps(() -> seen.add(oneStepEach.toString())));
        pump(2);
        assertThat(seen).last().asString().contains("2 tasks can go on");
        oneStepEach.stop();
    }

    @Test
    void nothingIsMadeWithoutItsParts() {
        assertThatNullPointerException().isThrownBy(() -> new Cooperator(null));
        assertThatNullPointerException().isThrownBy(() -> new Cooperator(scheduler, (Duration) null));
        assertThatNullPointerException().isThrownBy(() -> oneStepEach.cooperate(null));
        assertThatNullPointerException().isThrownBy(() -> oneStepEach.coiterate(steps(), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cooperator(scheduler, Duration.ofNanos(-1)));
        assertNothingArmed();
    }

    // ---- a scheduler that other threads disturb

    @Test
    void aTickThatComesAfterItWasTakenBackMakesNoStep() {
        DisturbedScheduler disturbed = new DisturbedScheduler();
        CooperativeTask<?> task = new Cooperator(disturbed, Duration.ZERO).cooperate(saying("x", 1));
        task.pause();
        disturbed.actions.get(0).run();
        assertThat(seen).isEmpty();
        task.resume();
        disturbed.actions.get(0).run();
        assertThat(seen).isEmpty();
        disturbed.clock.advance(Duration.ZERO);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aStopWhileTheTickIsBeingArmedTakesItBack() {
        DisturbedScheduler disturbed = new DisturbedScheduler();
        Cooperator cooperator = new Cooperator(disturbed, Duration.ZERO);
        disturbed.whileArming(cooperator::stop);
        Deferred<?> done = cooperator.coiterate(saying("x", 1));
        assertThat(failureOf(done)).isInstanceOf(SchedulerStoppedException.class);
        assertThat(disturbed.delayedCalls()).isEmpty();
        done.handle(f -> {});
    }

    // ---- the example of the documentation

    @Test
    void fetchesOneAfterTheOther() {
        VirtualClock clock = new VirtualClock();
        Cooperator cooperator = new Cooperator(clock);
        List<String> urls = List.of("a", "b");
        Function<String, Deferred<?>> fetch =
                url -> Deferred.deferLater(clock, Duration.ofSeconds(1), () -> seen.add(url));
        cooperator.coiterate(urls.stream().map(fetch).iterator()).consume(all -> seen.add("all fetched"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("a");
        clock.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("a", "b", "all fetched");
    }

    // ---- threads

    @Test
    void aPoolMakesOneStepAtATime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try (SystemScheduler real = Scheduler.system(pool)) {
            Cooperator cooperator = new Cooperator(real, Duration.ZERO);
            int[] steps = new int[1]; // plain: each step sees what the one before it did
            List<Deferred<Iterator<Object>>> ends = new ArrayList<>();
            for (int task = 0; task < 10; task++) {
                ends.add(cooperator.coiterate(IntStream.range(0, 500)
                        .<Object>mapToObj(
                                i -> Deferred.deferLater(real, Duration.ZERO).addCallback(x -> i))
                        .peek(d -> steps[0]++)
                        .iterator()));
            }
            Deferred.gatherResults(ends).get(LIMIT);
            assertThat(steps[0]).isEqualTo(5000);
        } finally {
            pool.shutdownNow();
        }
    }
}
