// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Beyond the recorded programs: Java's own parts of addTimeout and deferLater. */
class TimeoutTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void aTimeOutCancelsAndSaysHowLongItWaited() {
        Deferred<String> d = new Deferred<String>(self -> seen.add("stopped")).named("download");
        d.addTimeout(LIMIT, clock);
        clock.advance(LIMIT);
        assertThat(seen).containsExactly("stopped");
        assertThat(failureOf(d)).isInstanceOf(TimeoutException.class).hasMessage("'download' timed out after PT5S");
    }

    @Test
    void aTimeOutThatWasBeatenLeavesNothingArmed() {
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, clock);
        d.callback("in time");
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @Tag("long")
    void aMillionBeatenTimeOutsLeaveNothingBehind() {
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            for (int i = 0; i < 1_000_000; i++) {
                Deferred<Integer> d = new Deferred<>();
                d.addTimeout(LIMIT, scheduler);
                d.callback(i);
            }
            assertThat(scheduler.delayedCalls()).isEmpty();
            assertThat(scheduler.timekeeper.armed.entries).containsOnlyNulls();
        }
    }

    @Test
    void aTimeOutOnASystemSchedulerCancelsOnItsExecutor() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            Deferred<String> d = new Deferred<String>(self -> seen.add(Thread.currentThread())).named("download");
            d.addTimeout(Duration.ofMillis(1), scheduler);
            Runnable due = executor.take();
            assertThat(d.called()).isFalse();
            due.run();
            assertThat(seen).containsExactly(Thread.currentThread());
            assertThat(failureOf(d))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("'download' timed out after PT0.001S");
            assertThat(scheduler.delayedCalls()).isEmpty();
        }
    }

    @Test
    void aTimeOutOnTheSharedSchedulerIsArmedThereAndCancelsOnItsThread() throws Exception {
        Deferred<String> beaten = new Deferred<>();
        beaten.addTimeout(Duration.ofHours(1), Scheduler.system());
        List<DelayedCall> armed = Scheduler.system().delayedCalls();
        DelayedCall last = armed.get(armed.size() - 1);
        assertThat(last).isInstanceOf(Timeout.class);
        beaten.callback("in time");
        assertThat(last.active()).isFalse();
        assertThat(Scheduler.system().delayedCalls()).doesNotContain(last);
        BlockingQueue<String> cancellers = new LinkedBlockingQueue<>();
        Deferred<String> d =
                new Deferred<>(self -> cancellers.add(Thread.currentThread().getName()));
        d.addTimeout(Duration.ZERO, Scheduler.system()).handle(f -> {});
        assertThat(cancellers.take()).isEqualTo("deferred-scheduler");
    }

    @Test
    void aTimeOutThatIsBeatenWhileTheExecutorHasItDoesNothing() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            Deferred<String> d = new Deferred<>();
            Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
            Deferred<String> end = d.addTimeout(Duration.ZERO, scheduler).chainCallback(v -> later);
            Runnable due = executor.take();
            d.callback("in time");
            assertThat(scheduler.delayedCalls()).isEmpty();
            due.run();
            assertThat(seen).isEmpty();
            assertThat(end.waitingFor()).contains(later);
        }
    }

    @Test
    void theDelayedCallOfATimeOutCanBeMovedAndCancelled() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            Deferred<String> moved = new Deferred<>();
            moved.addTimeout(Duration.ofHours(1), scheduler);
            DelayedCall call = scheduler.delayedCalls().get(0);
            assertThat(call).asString().startsWith("DelayedCall[ARMED, due PT1H");
            call.delay(Duration.ofHours(1));
            assertThat(call.time()).isGreaterThanOrEqualTo(Duration.ofHours(2));
            call.reset(Duration.ZERO);
            executor.take().run();
            assertThat(failureOf(moved)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(call::cancel).isInstanceOf(DelayedCallCalledException.class);

            Deferred<String> unlimited = new Deferred<>();
            unlimited.addTimeout(Duration.ofHours(1), scheduler);
            scheduler.delayedCalls().get(0).cancel();
            assertThat(scheduler.delayedCalls()).isEmpty();
            unlimited.callback("whenever");
            assertThat(unlimited.outcome()).contains(new Outcome.Success<>("whenever"));
        }
    }

    @Test
    void aTimeOutOnAClosedSchedulerIsRefusedAndChangesNothing() {
        SystemScheduler scheduler = Scheduler.system(Runnable::run);
        scheduler.close();
        Deferred<String> d = new Deferred<>();
        assertThatThrownBy(() -> d.addTimeout(LIMIT, scheduler).called())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> d.addTimeout(LIMIT.negated(), scheduler).called())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-5S");
        d.callback("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void aTimeOutThatStrikesBeforeItsSchedulerHasGivenTheHandleDoesAsAnyOther() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        scheduler.whileArming(() -> scheduler.clock.advance(LIMIT));
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, scheduler);
        assertThat(failureOf(d)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aSchedulerThatCannotTakeATimeOutBackDoesNotCostTheResult() {
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, TakeBackTest.BROKEN);
        d.callback("in time");
        assertThat(d.outcome()).contains(new Outcome.Success<>("in time"));
        assertThat(reports.seen())
                .singleElement()
                .satisfies(report -> assertThat(report.where()).contains("take a delayed call back"));
    }

    @Test
    void aTimerThatComesAfterItWasTakenBackDoesNothing() {
        DisturbedScheduler scheduler = new DisturbedScheduler();
        Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.addTimeout(LIMIT, scheduler).chainCallback(v -> later);
        d.callback("in time");
        scheduler.actions.get(0).run();
        assertThat(seen).isEmpty();
        later.callback("fine");
        assertThat(end.outcome()).contains(new Outcome.Success<>("fine"));
    }

    @Test
    void whoComesToTheStageDuringTheTimersCancelWaitsUntilThatIsOver() throws Exception {
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch fired = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>(self -> {
            cancelling.countDown();
            fired.await();
        });
        Deferred<String> end = d.addTimeout(LIMIT, clock);
        Thread timer = new Thread(() -> clock.advance(LIMIT));
        timer.start();
        cancelling.await();
        d.callback("just in time");
        assertThat(end.outcome()).as("the cancel might hit what comes later").isEmpty();
        fired.countDown();
        timer.join();
        assertThat(end.outcome()).contains(new Outcome.Success<>("just in time"));
    }

    @Test
    void aTimersCancelThatGoesTheSameWayAsAUsersComesToItsEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> inner = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.chainCallback(v -> {
                    running.countDown();
                    cancelled.await();
                    return inner;
                })
                .addTimeout(LIMIT, clock);
        Thread firer = new Thread(() -> d.callback("v"));
        firer.start();
        running.await();
        clock.advance(LIMIT);
        d.cancel();
        cancelled.countDown();
        firer.join();
        assertThat(seen).containsExactly("hit");
        assertThat(failureOf(end)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void theJdksCancellationIsTranslatedToo() {
        Deferred<String> d = new Deferred<>(self -> self.errback(new CancellationException("by a future")));
        d.addTimeout(LIMIT, clock);
        clock.advance(LIMIT);
        assertThat(failureOf(d)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aCancelBySomebodyElseIsNoTimeOut() {
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, clock);
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void theTimeOutsOwnHandlerDecides() {
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, clock, (outcome, timeout) -> {
            seen.add(timeout);
            throw new IOException(
                    "gave up", ((Outcome.Failed<String>) outcome).failure().exception());
        });
        clock.advance(LIMIT);
        assertThat(seen).containsExactly(LIMIT);
        assertThat(failureOf(d)).isInstanceOf(IOException.class).hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void whatIsAddedLaterIsNotLimited() {
        Deferred<String> later = new Deferred<>();
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.addTimeout(LIMIT, clock).chainCallback(v -> later);
        d.callback("in time");
        clock.advance(LIMIT.multipliedBy(2));
        assertThat(later.called()).isFalse();
        assertThat(end.waitingFor()).isPresent();
    }

    @Test
    void aTimersCancelThatMeetsTheRunDoesNotReachWhatComesAfterItsStage() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch timedOut = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>();
        Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> end = d.addCallback(v -> {
                    running.countDown();
                    timedOut.await();
                    return v;
                })
                .addTimeout(LIMIT, clock)
                .chainCallback(v -> later);
        Thread firer = new Thread(() -> d.callback("just in time"));
        firer.start();
        running.await();
        clock.advance(LIMIT);
        timedOut.countDown();
        firer.join();
        assertThat(seen).as("the later one was not cancelled").isEmpty();
        later.callback("fine");
        assertThat(end.outcome()).contains(new Outcome.Success<>("fine"));
    }

    @Test
    void aUsersCancelThatMeetsTheSameRunIsNotTakenBackWithTheTimers() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>();
        Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> end = d.addCallback(v -> {
                    running.countDown();
                    cancelled.await();
                    return v;
                })
                .addTimeout(LIMIT, clock)
                .chainCallback(v -> later);
        Thread firer = new Thread(() -> d.callback("just in time"));
        firer.start();
        running.await();
        clock.advance(LIMIT);
        assertThat(end.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        firer.join();
        assertThat(seen).containsExactly("hit");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aTimersCancelThatMeetsTheRunReachesWhatTheRunWaitsForBeforeItsStage() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch timedOut = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>();
        Deferred<String> before = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> end = d.chainCallback(v -> {
                    running.countDown();
                    timedOut.await();
                    return before;
                })
                .addTimeout(LIMIT, clock);
        Thread firer = new Thread(() -> d.callback("v"));
        firer.start();
        running.await();
        clock.advance(LIMIT);
        timedOut.countDown();
        firer.join();
        assertThat(seen).containsExactly("hit");
        assertThat(failureOf(end)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aTimerAndAFirerAtTheSameTimeDisturbNothingLater() throws Exception {
        CyclicBarrier round = new CyclicBarrier(2);
        List<VirtualClock> clocks = new ArrayList<>();
        List<Deferred<String>> limited = new ArrayList<>();
        List<Deferred<String>> laters = new ArrayList<>();
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            VirtualClock own = new VirtualClock();
            Deferred<String> later = new Deferred<>();
            Deferred<String> d = new Deferred<>();
            limited.add(d);
            d.addErrback(f -> "late")
                    .addTimeout(LIMIT, own)
                    .chainCallback(v -> later)
                    .called();
            clocks.add(own);
            laters.add(later);
        }
        Thread timer = new Thread(() -> {
            for (VirtualClock own : clocks) {
                meet(round);
                own.advance(LIMIT);
            }
        });
        timer.start();
        for (Deferred<String> d : limited) {
            meet(round);
            d.callback("in time"); // or it is the one late result
        }
        timer.join();
        assertThat(laters).as("none of the later ones was cancelled").noneMatch(Deferred::called);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deferLaterGivesTheFunctionsResult() {
        Deferred<String> d = Deferred.deferLater(clock, LIMIT, () -> "done");
        assertThat(d.called()).isFalse();
        clock.advance(LIMIT);
        assertThat(d.outcome()).contains(new Outcome.Success<>("done"));
    }

    @Test
    void cancellingDeferLaterDisarmsIt() {
        Deferred<Object> d = Deferred.deferLater(clock, LIMIT, () -> seen.add("ran"));
        d.cancel();
        assertThat(clock.delayedCalls()).isEmpty();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
    }

    /** The time-out is added to a run and strikes during it; the thread then finds cancels and stage together. */
    private Deferred<String> strikeWhileItIsAddedToARun(boolean userCancelsToo, Deferred<String> later)
            throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch timedOut = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>();
        Deferred<String> run = d.addCallback(v -> {
            running.countDown();
            timedOut.await();
            return v;
        });
        Thread firer = new Thread(() -> d.callback("just in time"));
        firer.start();
        running.await();
        Deferred<String> end = run.addTimeout(LIMIT, clock).chainCallback(v -> later);
        clock.advance(LIMIT);
        if (userCancelsToo) {
            assertThat(end.cancel()).isEqualTo(Cancellation.PASSED_ON);
        }
        timedOut.countDown();
        firer.join();
        return end;
    }

    @Test
    void aTimersCancelThatComesWithItsStageDisturbsNothingLater() throws Exception {
        Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> end = strikeWhileItIsAddedToARun(false, later);
        assertThat(seen).isEmpty();
        assertThat(end.waitingFor()).as("no gate is in the way").contains(later);
        later.callback("fine");
        assertThat(end.outcome()).contains(new Outcome.Success<>("fine"));
    }

    @Test
    void aUsersCancelThatComesWithTheTimersIsKept() throws Exception {
        Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> end = strikeWhileItIsAddedToARun(true, later);
        assertThat(seen).containsExactly("hit");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aTimeOutEndsALoopWhoseTurnsHaveAllFired() throws Exception {
        CountDownLatch inATurn = new CountDownLatch(1);
        CountDownLatch timedOut = new CountDownLatch(1);
        Deferred<Turn<String>> start = new Deferred<>();
        List<Deferred<Turn<String>>> first = new ArrayList<>(List.of(start));
        Deferred<String> later = new Deferred<>(self -> seen.add("hit"));
        Deferred<String> whole = Deferred.<String>loop(() -> {
                    if (!first.isEmpty()) {
                        return first.remove(0);
                    }
                    inATurn.countDown();
                    timedOut.await();
                    return Deferred.succeed(Turn.again());
                })
                .addTimeout(LIMIT, clock)
                .tapFailure(f -> seen.add(f.exception().getClass().getSimpleName()))
                .chainErrback(f -> later);
        Thread runner = new Thread(() -> start.callback(Turn.again()));
        runner.start();
        inATurn.await();
        clock.advance(LIMIT);
        timedOut.countDown();
        runner.join();
        assertThat(seen).as("and what comes after it is not cancelled").containsExactly("TimeoutException");
        later.callback("fine");
        assertThat(whole.outcome()).contains(new Outcome.Success<>("fine"));
    }
}
