// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.CancelledException;
import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredSemaphore;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.Leftover;
import io.deferred.Leftover.Kind;
import io.deferred.Scheduler;
import io.deferred.SlowCallbacks;
import io.deferred.VirtualClock;
import io.deferred.spi.ContextPropagator;
import io.deferred.spi.Tracker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeftoverTest {
    private final List<Deferred<?>> made = new ArrayList<>();
    private final List<String> armed = new ArrayList<>();
    private final List<Failure> late = new ArrayList<>();

    private final class Notes implements Tracker {
        @Override
        public void made(Deferred<?> deferred) {
            synchronized (made) {
                made.add(deferred);
            }
        }

        @Override
        public void armed(DelayedCall call, Runnable action, String line) {
            armed.add(line);
        }

        @Override
        public void late(Deferred<?> cancelled, Failure failure) {
            late.add(failure);
        }

        @Override
        public Object capture() {
            return Thread.currentThread();
        }

        @Override
        public ContextPropagator.Scope restore(Object captured) {
            return () -> {};
        }
    }

    @BeforeEach
    void track() {
        Debugging.full();
        Leftover.track(new Notes());
    }

    @AfterEach
    void untrack() {
        Leftover.untrack();
        Debugging.off();
    }

    private static List<Kind> kinds(Deferred<?> deferred) {
        return Leftover.of(deferred).stream().map(Leftover::kind).toList();
    }

    @Test
    void oneWithoutCallbacksLeavesNothing() {
        assertThat(kinds(new Deferred<String>())).isEmpty();
        assertThat(kinds(Deferred.succeed("done"))).isEmpty();
    }

    @Test
    void anUnhandledFailureIsShownWithItsStory() {
        Deferred<String> failed = Deferred.fail(new IOException("gone"));
        List<Leftover> left = Leftover.of(failed);
        assertThat(left).hasSize(1);
        assertThat(left.get(0).kind()).isEqualTo(Kind.UNHANDLED_FAILURE);
        assertThat(left.get(0).failure())
                .get()
                .extracting(f -> f.exception().getMessage())
                .isEqualTo("gone");
        assertThat(left.get(0).text())
                .contains("anUnhandledFailureIsShownWithItsStory(LeftoverTest.java:")
                .contains("java.io.IOException");
        failed.handle(f -> {});
        assertThat(kinds(failed)).isEmpty();
    }

    @Test
    void aCancelledOneLeavesNothing() {
        Deferred<String> cancelled = new Deferred<String>().addCallback(v -> v);
        cancelled.cancel();
        assertThat(kinds(cancelled)).isEmpty();
    }

    @Test
    void oneWithACallbackIsUnfired() {
        Deferred<String> answer = new Deferred<String>().named("answer").addCallback(v -> v);
        List<Leftover> left = Leftover.of(answer);
        assertThat(left).extracting(Leftover::kind).containsExactly(Kind.UNFIRED);
        assertThat(left.get(0).text())
                .contains("'answer' made at")
                .contains("oneWithACallbackIsUnfired(LeftoverTest.java:")
                .contains("next is the callback attached at");
        answer.callback("done");
        assertThat(kinds(answer)).isEmpty();
    }

    @Test
    void oneThatWaitsForAnotherIsUnfiredAndSoIsTheOther() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = Deferred.succeed("a").chainCallback(v -> inner);
        assertThat(kinds(outer)).containsExactly(Kind.UNFIRED);
        assertThat(kinds(inner)).containsExactly(Kind.UNFIRED);
        assertThat(Leftover.of(outer).get(0).text()).contains("waits for Deferred@");
    }

    @Test
    void aPausedOneWithCallbacksIsUnfiredAndOneWithoutIsNot() {
        Deferred<String> paused = Deferred.succeed("a");
        paused.pause();
        assertThat(kinds(paused)).isEmpty();
        var unused = paused.addCallback(v -> v);
        assertThat(kinds(paused)).containsExactly(Kind.UNFIRED);
    }

    @Test
    void oneThatGetsItsResultWhileItIsPausedIsOverUnlessSomethingIsToRun() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> d = Deferred.succeed("a").chainCallback(v -> inner);
        d.pause();
        inner.callback("b");
        assertThat(kinds(d)).isEmpty();
        d.tap(v -> {});
        assertThat(kinds(d)).containsExactly(Kind.UNFIRED);
        d.unpause();
    }

    @Test
    void aCancelledForkIsNotWaitedWith() {
        Deferred<String> shared = new Deferred<>();
        Deferred<String> first = shared.fork();
        Deferred<String> second = shared.fork();
        assertThat(kinds(shared)).containsExactly(Kind.UNFIRED);
        first.cancel();
        assertThat(kinds(shared)).containsExactly(Kind.UNFIRED);
        second.cancel();
        assertThat(kinds(shared)).isEmpty();
    }

    @Test
    void aSleepIsArmed() {
        VirtualClock clock = new VirtualClock();
        Deferred<?> sleep = Deferred.deferLater(clock, Duration.ofSeconds(1));
        assertThat(kinds(sleep)).containsExactly(Kind.ARMED);
        clock.advance(Duration.ofSeconds(1));
        assertThat(kinds(sleep)).isEmpty();
    }

    @Test
    void aHolderIsToldUntilItGivesBack() {
        DeferredLock lock = new DeferredLock();
        Deferred<DeferredLock> holder = lock.acquire();
        assertThat(kinds(holder)).containsExactly(Kind.HELD);
        assertThat(Leftover.of(holder).get(0).text())
                .contains("aHolderIsToldUntilItGivesBack(LeftoverTest.java:")
                .contains("has not given back [DeferredLock");
        Deferred<DeferredLock> next = lock.acquire();
        assertThat(kinds(next)).containsExactly(Kind.UNFIRED);
        lock.release();
        assertThat(kinds(holder)).isEmpty();
        assertThat(kinds(next)).containsExactly(Kind.HELD);
        lock.release();
        assertThat(kinds(next)).isEmpty();
    }

    @Test
    void oneThatWasFiredByWhoHadNoRightToHoldsNothing() {
        DeferredLock lock = new DeferredLock();
        lock.acquire();
        Deferred<DeferredLock> next = lock.acquire();
        next.callback(lock);
        lock.release();
        assertThat(lock.locked()).isFalse();
        assertThat(kinds(next)).isEmpty();
    }

    @Test
    void eachTokenOfASemaphoreIsHeldByTheOneThatGotIt() {
        DeferredSemaphore semaphore = new DeferredSemaphore(2);
        Deferred<DeferredSemaphore> first = semaphore.acquire();
        Deferred<DeferredSemaphore> second = semaphore.acquire();
        semaphore.release();
        assertThat(kinds(first)).isEmpty();
        assertThat(kinds(second)).containsExactly(Kind.HELD);
        semaphore.release();
        assertThat(kinds(second)).isEmpty();
    }

    @Test
    void aTaskThatWasCancelledBeforeItsTurnIsOver() {
        List<Runnable> tasks = new ArrayList<>();
        Deferred<String> work = Deferred.deferToThread(tasks::add, () -> "done");
        assertThat(Leftover.isOver(tasks.get(0))).isFalse();
        work.cancel();
        assertThat(Leftover.isOver(tasks.get(0))).isTrue();
        assertThat(Leftover.isOver(() -> {})).isFalse();
        Deferred<String> traveler = Deferred.succeed("done").continueOn(tasks::add);
        assertThat(Leftover.isOver(tasks.get(1))).isFalse();
        traveler.cancel();
        assertThat(Leftover.isOver(tasks.get(1))).isTrue();
        assertThat(kinds(work)).isEmpty();
    }

    @Test
    void aThreadThatOutlivesItsCancelIsAtWork() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Deferred<String> work = Deferred.deferToThread(executor, () -> {
            begun.countDown();
            goOn.await();
            return "late";
        });
        begun.await();
        assertThat(kinds(work)).containsExactly(Kind.AT_WORK);
        assertThat(kinds(Deferred.succeed("of another"))).isEmpty();
        work.cancel();
        assertThat(kinds(work)).containsExactly(Kind.AT_WORK);
        goOn.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES))
                .isTrue();
        assertThat(kinds(work)).isEmpty();
    }

    @Test
    void theTrackerIsToldOfEveryDeferredAndOfEachCall() {
        Deferred<String> mine = new Deferred<>();
        assertThat(made).contains(mine);
        VirtualClock clock = new VirtualClock();
        clock.callLater(Duration.ofSeconds(1), () -> {});
        DelayedCall call = Scheduler.system().callLater(Duration.ofHours(1), () -> {});
        call.cancel();
        assertThat(armed).hasSize(2).allMatch(line -> line.contains("theTrackerIsToldOfEveryDeferredAndOfEachCall"));
    }

    @Test
    void theTrackerIsToldOfAFailureThatComesAfterTheCancel() {
        Deferred<String> cancelled = new Deferred<>();
        cancelled.cancel();
        IOException exception = new IOException("late");
        cancelled.errback(exception);
        assertThat(late).extracting(Failure::exception).containsExactly(exception);
    }

    @Test
    void theTrackerIsNotToldOfWhatTheLibraryArmsForItself() {
        VirtualClock clock = new VirtualClock();
        SlowCallbacks.setLimit(Duration.ofSeconds(1), clock);
        try {
            assertThat(Deferred.succeed("done").addCallback(text -> text + "!").called())
                    .isTrue();
            assertThat(clock.delayedCalls()).hasSize(1);
            assertThat(armed).isEmpty();
        } finally {
            SlowCallbacks.resetLimit();
        }
    }

    @Test
    void aSecondTrackerIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Leftover.track(new Notes()))
                .withMessageContaining("already");
    }

    @Test
    void aBodyIsAtWorkUnlessItAwaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Deferred<String> awaited = new Deferred<>();
        Deferred<String> body = Deferred.async(() -> {
            begun.countDown();
            goOn.await();
            return awaited.await();
        });
        begun.await();
        assertThat(kinds(body)).containsExactly(Kind.AT_WORK);
        goOn.countDown();
        while (kinds(awaited).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(kinds(body)).containsExactly(Kind.UNFIRED);
        awaited.callback("done");
        assertThat(body.get(Duration.ofMinutes(1))).isEqualTo("done");
    }

    @Test
    void aBodyIsAtWorkUntilItHasCancelledWhatItComesToAwait() throws Exception {
        List<Kind> meanwhile = new ArrayList<>();
        Deferred<String> awaited = new Deferred<>(cancelled -> {
            synchronized (made) {
                made.forEach(each -> meanwhile.addAll(kinds(each)));
            }
        });
        Deferred<String> body = cancelledBeforeItAwaits(awaited);
        assertThatThrownBy(() -> body.get(Duration.ofMinutes(1))).isInstanceOf(CancelledException.class);
        assertThat(meanwhile).contains(Kind.AT_WORK);
    }

    @Test
    void aBodyThatWaitsOnAfterItsCancelIsNotAtWork() throws Exception {
        Deferred<String> other = new Deferred<>();
        Deferred<String> awaited = new Deferred<String>().chainErrback(failure -> other);
        Deferred<String> body = cancelledBeforeItAwaits(awaited);
        while (kinds(other).isEmpty()) {
            Thread.onSpinWait();
        }
        for (int looks = 0; looks < 1_000_000 && isAnyAtWork(); looks++) {
            Thread.onSpinWait(); // it has cancelled in a moment
        }
        assertThat(isAnyAtWork()).isFalse();
        other.callback("instead");
        assertThat(body.get(Duration.ofMinutes(1))).isEqualTo("instead");
    }

    private static Deferred<String> cancelledBeforeItAwaits(Deferred<String> awaited) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Deferred<String> body = Deferred.async(() -> {
            begun.countDown();
            goOn.await();
            return awaited.await();
        });
        begun.await();
        body.cancel();
        goOn.countDown();
        return body;
    }

    private boolean isAnyAtWork() {
        synchronized (made) {
            return made.stream().anyMatch(each -> kinds(each).contains(Kind.AT_WORK));
        }
    }

    @Test
    void aCallbackIsAtWorkForOtherThreadsThanItsOwn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Kind> byItself = new ArrayList<>();
        Deferred<String> answer = new Deferred<>();
        answer.addCallback(v -> {
                    byItself.addAll(kinds(answer));
                    begun.countDown();
                    goOn.await();
                    return v;
                })
                .called();
        Thread runner = new Thread(() -> answer.callback("done"), "the runner");
        runner.start();
        begun.await();
        assertThat(byItself).doesNotContain(Kind.AT_WORK);
        List<Leftover> left = Leftover.of(answer);
        assertThat(left).extracting(Leftover::kind).containsExactly(Kind.AT_WORK);
        assertThat(left.get(0).text()).contains("runs on thread the runner");
        goOn.countDown();
        runner.join();
        assertThat(kinds(answer)).isEmpty();
    }
}
