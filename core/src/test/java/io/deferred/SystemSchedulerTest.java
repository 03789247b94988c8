// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SystemSchedulerTest {
    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @Test
    void callsAreMadeByTheExecutor() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        CountDownLatch called = new CountDownLatch(1);
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            DelayedCall call = scheduler.callLater(Duration.ZERO, called::countDown);
            Runnable due = executor.take();
            assertThat(call.active()).as("until the executor begins it").isTrue();
            due.run();
            assertThat(call.active()).isFalse();
            assertThat(called.getCount()).isZero();
        }
    }

    @Test
    void aCancelWinsOverACallThatTheExecutorHasNotBegun() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        CountDownLatch called = new CountDownLatch(1);
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            DelayedCall call = scheduler.callLater(Duration.ZERO, called::countDown);
            Runnable due = executor.take();
            call.cancel();
            due.run();
            assertThat(called.getCount()).isEqualTo(1);
        }
    }

    @Test
    void theSharedOneMakesCallsOnItsOwnDaemonThread() throws Exception {
        BlockingQueue<Thread> callers = new LinkedBlockingQueue<>();
        Scheduler.system().callLater(Duration.ZERO, () -> callers.add(Thread.currentThread()));
        Thread caller = callers.take();
        assertThat(caller.isDaemon()).isTrue();
        assertThat(caller.getName()).isEqualTo("deferred-scheduler");
    }

    @Test
    void closingCancelsWhatIsArmedAndRefusesMore() {
        SystemScheduler scheduler = Scheduler.system(Runnable::run);
        DelayedCall call = scheduler.callLater(LONG, () -> {});
        assertThat(scheduler.delayedCalls()).containsExactly(call);
        scheduler.close();
        assertThat(call.active()).isFalse();
        assertThat(scheduler.delayedCalls()).isEmpty();
        assertThatThrownBy(() -> scheduler.callLater(LONG, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    @Test
    void whatACallThrowsIsReported() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        UnhandledFailures.setHandler(r -> {
            if (r.failure().exception().getMessage().equals("from the call")) {
                reported.countDown();
            }
        });
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            scheduler.callLater(Duration.ZERO, () -> {
                throw new IllegalStateException("from the call");
            });
            reported.await();
        }
    }

    @Test
    void aCallThatTheExecutorRejectsIsReported() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        UnhandledFailures.setHandler(r -> {
            if (r.failure().exception() instanceof RejectedExecutionException) {
                reported.countDown();
            }
        });
        try (SystemScheduler scheduler = Scheduler.system(task -> {
            throw new RejectedExecutionException("full");
        })) {
            scheduler.callLater(Duration.ZERO, () -> {});
            reported.await();
        }
    }

    @Test
    void callsCanBeMoved() {
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            DelayedCall far = scheduler.callLater(LONG, () -> {});
            DelayedCall near = scheduler.callLater(LONG.dividedBy(2), () -> {});
            assertThat(scheduler.delayedCalls()).containsExactly(near, far);
            near.delay(LONG);
            assertThat(scheduler.delayedCalls()).containsExactly(far, near);
            near.reset(Duration.ofMinutes(1));
            assertThat(scheduler.delayedCalls()).containsExactly(near, far);
            Duration now = scheduler.now();
            near.delay(LONG.negated());
            assertThat(near.time()).as("at once, not before now").isBetween(now, scheduler.now());
        }
    }

    @Test
    void aCallThatWasMovedWhileTheExecutorWasBusyIsNotMadeTooEarly() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        Queue<String> seen = new ArrayDeque<>();
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            DelayedCall call = scheduler.callLater(Duration.ZERO, () -> seen.add("made"));
            Runnable due = executor.take();
            call.reset(LONG);
            due.run();
            assertThat(seen).isEmpty();
            assertThat(call.active()).isTrue();
        }
    }

    @Test
    void callsThatAreDueAtTheSameTimeAreInTheOrderInWhichTheyWereAskedFor() {
        Duration farthest = Duration.ofSeconds(Long.MAX_VALUE);
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            DelayedCall a = scheduler.callLater(farthest, () -> {});
            DelayedCall b = scheduler.callLater(farthest, () -> {});
            DelayedCall c = scheduler.callLater(farthest, () -> {});
            assertThat(a.time()).isEqualTo(b.time()).isEqualTo(c.time());
            assertThat(scheduler.delayedCalls()).containsExactly(a, b, c);
            a.reset(farthest);
            b.delay(LONG);
            assertThat(scheduler.delayedCalls()).as("moved: asked for again").containsExactly(c, a, b);
        }
    }

    @Test
    void callsThatAreDueAtTheSameTimeAreMadeInTheOrderInWhichTheyWereAskedFor() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            DelayedCall a = scheduler.callLater(LONG, () -> seen.add("a"));
            DelayedCall b = scheduler.callLater(LONG, () -> seen.add("b"));
            DelayedCall c = scheduler.callLater(LONG, () -> seen.add("c"));
            Duration soon = scheduler.now().plusMillis(20);
            for (DelayedCall call : List.of(c, a, b)) {
                call.delay(soon.minus(call.time()));
            }
            assertThat(List.of(seen.take(), seen.take(), seen.take())).containsExactly("c", "a", "b");
        }
    }

    @Test
    void whatTheExecutorHasNotBegunIsStillListedAndClosingCancelsIt() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        CountDownLatch called = new CountDownLatch(1);
        SystemScheduler scheduler = Scheduler.system(executor::add);
        DelayedCall later = scheduler.callLater(LONG, () -> {});
        DelayedCall call = scheduler.callLater(Duration.ZERO, called::countDown);
        Runnable due = executor.take();
        assertThat(scheduler.delayedCalls()).containsExactly(call, later);
        scheduler.close();
        due.run();
        assertThat(called.getCount()).isEqualTo(1);
        assertThat(call.active()).isFalse();
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    @Test
    void aCallThatTheExecutorGetsTwiceBecauseItWasMovedIsMadeOnce() throws Exception {
        BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();
        Queue<String> seen = new ArrayDeque<>();
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            DelayedCall call = scheduler.callLater(Duration.ZERO, () -> seen.add("made"));
            Runnable first = executor.take();
            call.reset(Duration.ZERO);
            Runnable second = executor.take();
            first.run();
            second.run();
            assertThat(seen).containsExactly("made");
        }
    }

    @Test
    void aCallThatIsOverCannotBeCancelledOrMoved() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            DelayedCall made = scheduler.callLater(Duration.ZERO, called::countDown);
            DelayedCall cancelled = scheduler.callLater(LONG, () -> {});
            cancelled.cancel();
            called.await();
            assertThat(made.active()).isFalse();
            assertThat(made.tryCancel()).isFalse();
            assertThatThrownBy(made::cancel).isInstanceOf(DelayedCallCalledException.class);
            assertThatThrownBy(() -> made.delay(LONG)).isInstanceOf(DelayedCallCalledException.class);
            assertThatThrownBy(cancelled::cancel).isInstanceOf(DelayedCallCancelledException.class);
            assertThatThrownBy(() -> cancelled.reset(LONG)).isInstanceOf(DelayedCallCancelledException.class);
            assertThat(cancelled).asString().startsWith("DelayedCall[over, due PT1H");
        }
    }

    @Test
    void theSharedOneTellsItsTimeAndItsName() {
        Scheduler shared = Scheduler.system();
        Duration now = shared.now();
        DelayedCall call = shared.callLater(LONG, () -> {});
        assertThat(call.time()).isGreaterThanOrEqualTo(now.plus(LONG));
        call.cancel();
        assertThat(shared).hasToString("Scheduler.system()");
    }

    @Test
    void noThreadOfTheLibraryKeepsTheJvmAlive() {
        assertThat(DaemonThreads.named("name").newThread(() -> {}))
                .returns(true, Thread::isDaemon)
                .returns("name", Thread::getName);
        assertThat(OwnThreads.ofAScheduler("name").newThread(() -> {}))
                .returns(true, Thread::isDaemon)
                .returns("name", Thread::getName);
    }

    @Test
    void aPoolOfTheLibraryLetsAllOfItsThreadsEndWhenTheyAreIdle() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("x"));
        DaemonThreads.letIdleThreadsEnd(pool);
        assertThat(pool.allowsCoreThreadTimeOut()).isTrue();
        assertThat(pool.getKeepAliveTime(TimeUnit.SECONDS)).isEqualTo(DaemonThreads.IDLE_SECONDS);
        pool.shutdown();
    }
}
