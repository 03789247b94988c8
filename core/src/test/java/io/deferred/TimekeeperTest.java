// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The thread of a {@link SystemScheduler}: when it is started, woken, and at its end. What goes wrong here is most often that a test waits for ever. */
@Timeout(120)
class TimekeeperTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long NEVER_IDLE = TimeUnit.DAYS.toNanos(100);

    @RegisterExtension
    final Reports reports = new Reports();

    private final ThreadFactory threads = OwnThreads.ofAScheduler("timekeeper-of-a-test");
    private final List<Thread> started = new CopyOnWriteArrayList<>();

    private SystemScheduler scheduler(long idleNanos) {
        return new SystemScheduler(
                Runnable::run,
                task -> {
                    Thread thread = threads.newThread(task);
                    started.add(thread);
                    return thread;
                },
                idleNanos);
    }

    private static void awaitCall(SystemScheduler scheduler, Duration delay) throws InterruptedException {
        CountDownLatch made = new CountDownLatch(1);
        scheduler.callLater(delay, made::countDown);
        made.await();
    }

    /** Waits until the timekeeper has gone to sleep, and returns until when. */
    private static long asleep(SystemScheduler scheduler) throws InterruptedException {
        for (; ; ) {
            long wakesAt = scheduler.timekeeper.wakesAt();
            if (wakesAt != Timekeeper.AWAKE && wakesAt != Timekeeper.NO_THREAD) {
                return wakesAt;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Busy.yieldToOwner();
        }
    }

    @Test
    void itIsWokenForAnEarlierCall() throws Exception {
        try (SystemScheduler scheduler = scheduler(NEVER_IDLE)) {
            DelayedCall far = scheduler.callLater(HOUR, () -> {});
            assertThat(Duration.ofNanos(asleep(scheduler))).isEqualTo(far.time());
            awaitCall(scheduler, MILLI);
            assertThat(far.active()).isTrue();
            assertThat(started).hasSize(1);
        }
    }

    @Test
    void itIsWokenForACallThatIsMovedToEarlier() throws Exception {
        try (SystemScheduler scheduler = scheduler(NEVER_IDLE)) {
            CountDownLatch made = new CountDownLatch(2);
            DelayedCall reset = scheduler.callLater(HOUR, made::countDown);
            DelayedCall delayed = scheduler.callLater(HOUR.multipliedBy(2), made::countDown);
            asleep(scheduler);
            reset.reset(MILLI);
            asleep(scheduler);
            delayed.delay(HOUR.multipliedBy(-2));
            made.await();
        }
    }

    @Test
    void itIsLeftAsleepByWhatIsDueLaterAndByCancels() throws Exception {
        try (SystemScheduler scheduler = scheduler(NEVER_IDLE)) {
            DelayedCall first = scheduler.callLater(HOUR, () -> {});
            long until = asleep(scheduler);
            for (int i = 0; i < 100; i++) {
                scheduler.callLater(HOUR, () -> {}).cancel();
                assertThat(scheduler.timekeeper.wakesAt()).isEqualTo(until);
            }
            first.cancel();
            assertThat(scheduler.timekeeper.wakesAt()).isEqualTo(until);
        }
    }

    @Test
    void itIsIdleFromItsFirstLookThatFindsNothing() {
        SystemScheduler scheduler = new SystemScheduler(Runnable::run, task -> new Thread("that never looks"), 10);
        Timekeeper keeper = scheduler.timekeeper;
        synchronized (keeper) {
            TimerEntry call = (TimerEntry) scheduler.callLater(HOUR, () -> {});
            assertThat(keeper.sleepFrom(call.due - 12, call))
                    .as("the idle period")
                    .isEqualTo(10);
            assertThat(keeper.sleepFrom(call.due - 2, call))
                    .as("until it is due")
                    .isEqualTo(2);
            call.cancel();
            assertThat(keeper.sleepFrom(100, null)).as("idle from here").isEqualTo(10);
            assertThat(keeper.sleepFrom(107, null)).as("woken in vain").isEqualTo(3);
            scheduler.callLater(HOUR, () -> {}).cancel();
            assertThat(keeper.sleepFrom(108, null))
                    .as("something has been armed")
                    .isEqualTo(10);
            assertThat(keeper.wakesAt()).isEqualTo(118);
            assertThat(keeper.sleepFrom(118, null)).as("the end").isZero();
            assertThat(keeper.wakesAt()).isEqualTo(Timekeeper.NO_THREAD);
        }
    }

    @Test
    void itEndsWhenIdleAndIsStartedAgain() throws Exception {
        try (SystemScheduler scheduler = scheduler(MILLI.toNanos())) {
            awaitCall(scheduler, Duration.ZERO);
            started.get(0).join();
            assertThat(scheduler.timekeeper.wakesAt()).isEqualTo(Timekeeper.NO_THREAD);
            awaitCall(scheduler, MILLI);
            started.get(1).join();
            assertThat(started).hasSize(2);
        }
    }

    @Test
    void itEndsWhenWhatWasArmedIsCancelled() throws Exception {
        try (SystemScheduler scheduler = scheduler(MILLI.toNanos())) {
            DelayedCall call = scheduler.callLater(HOUR, () -> {});
            asleep(scheduler);
            assertThat(started.get(0).isAlive())
                    .as("it stays while something is armed")
                    .isTrue();
            call.cancel();
            started.get(0).join();
            assertThat(scheduler.timekeeper.armed.entries).isEmpty();
        }
    }

    @Test
    void itGivesRoomBackBeforeItSleeps() throws Exception {
        try (SystemScheduler scheduler = scheduler(NEVER_IDLE)) {
            awaitCall(scheduler, Duration.ZERO);
            asleep(scheduler);
            synchronized (scheduler.timekeeper) {
                assertThat(scheduler.timekeeper.armed.entries).isEmpty();
                assertThat(scheduler.timekeeper.handedOver.entries).isEmpty();
            }
        }
    }

    @Test
    void itEndsWhenItsSchedulerIsClosed() throws Exception {
        SystemScheduler scheduler = scheduler(NEVER_IDLE);
        scheduler.callLater(HOUR, () -> {});
        asleep(scheduler);
        scheduler.close();
        started.get(0).join();
    }

    @Test
    void aThreadThatCannotBeStartedLeavesNothingArmedAndTheNextOneIsTried() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (SystemScheduler scheduler = new SystemScheduler(
                Runnable::run,
                task -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("no thread to be had");
                    }
                    return threads.newThread(task);
                },
                NEVER_IDLE)) {
            assertThatThrownBy(() -> scheduler.callLater(MILLI, () -> {})).isInstanceOf(OutOfMemoryError.class);
            assertThat(scheduler.delayedCalls()).isEmpty();
            awaitCall(scheduler, MILLI);
            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void anotherThreadGoesOnWhenItDies() throws Exception {
        CountDownLatch deaths = new CountDownLatch(2);
        CountDownLatch threadsMade = new CountDownLatch(2);
        CountDownLatch made = new CountDownLatch(1);
        ThreadFactory mortal = task -> {
            Thread thread = threads.newThread(task);
            thread.setUncaughtExceptionHandler((dead, thrown) -> deaths.countDown());
            threadsMade.countDown();
            return thread;
        };
        Executor fussy = task -> {
            if (task instanceof Deadly) {
                throw new RejectedExecutionException();
            }
            task.run();
        };
        try (SystemScheduler scheduler = new SystemScheduler(fussy, mortal, NEVER_IDLE)) {
            DelayedCall other = scheduler.callLater(HOUR, made::countDown);
            scheduler.timekeeper.arm(new Deadly(scheduler.timekeeper), 0);
            threadsMade.await();
            other.reset(MILLI);
            made.await();
            scheduler.timekeeper.arm(new Deadly(scheduler.timekeeper), 0);
            deaths.await();
            awaitCall(scheduler, MILLI);
        }
    }

    @Test
    void theNextCallStartsAThreadIfTheLastOneHasDiedWithNothingArmed() throws Exception {
        CountDownLatch death = new CountDownLatch(1);
        ThreadFactory mortal = task -> {
            Thread thread = threads.newThread(task);
            thread.setUncaughtExceptionHandler((dead, thrown) -> death.countDown());
            return thread;
        };
        Executor fussy = task -> {
            if (task instanceof Deadly) {
                throw new RejectedExecutionException();
            }
            task.run();
        };
        try (SystemScheduler scheduler = new SystemScheduler(fussy, mortal, NEVER_IDLE)) {
            scheduler.timekeeper.arm(new Deadly(scheduler.timekeeper), 0);
            death.await();
            assertThat(scheduler.timekeeper.wakesAt()).isEqualTo(Timekeeper.NO_THREAD);
            awaitCall(scheduler, MILLI);
        }
    }

    /** As it may be started by one that arms something while the first, on its way to its end, is still there. */
    @Test
    void aSecondThreadFindsTheFirstAndEnds() throws Exception {
        List<Runnable> tasks = new CopyOnWriteArrayList<>();
        ThreadFactory keeping = task -> {
            tasks.add(task);
            return threads.newThread(task);
        };
        try (SystemScheduler scheduler = new SystemScheduler(Runnable::run, keeping, NEVER_IDLE)) {
            scheduler.callLater(HOUR, () -> {});
            asleep(scheduler);
            Thread second = threads.newThread(tasks.get(0));
            second.start();
            second.join();
            awaitCall(scheduler, MILLI);
            assertThat(tasks).hasSize(1);
        }
    }

    /** Kills the thread that finds that the executor has not taken this. */
    private static final class Deadly extends TimerEntry {
        Deadly(Timekeeper owner) {
            super(owner);
        }

        @Override
        public boolean tryCancel() {
            super.tryCancel();
            throw new OutOfMemoryError("in the thread that keeps time");
        }

        @Override
        void perform() {}
    }

    @Test
    void anInterruptLeftByAnActionDoesNotKeepItAwake() throws Exception {
        BlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
        try (SystemScheduler scheduler = scheduler(NEVER_IDLE)) {
            scheduler.callLater(Duration.ZERO, () -> Thread.currentThread().interrupt());
            asleep(scheduler);
            scheduler.callLater(
                    MILLI.multipliedBy(20),
                    () -> seen.add(Thread.currentThread().isInterrupted()));
            assertThat(seen.take()).isFalse();
        }
    }

    @Test
    void armedAndCancelledByManyThreadsNothingIsLeftAndNothingDueIsLost() throws Exception {
        int threadCount = 4;
        int each = 25_000;
        CountDownLatch due = new CountDownLatch(threadCount * each / 10);
        try (SystemScheduler scheduler = scheduler(NEVER_IDLE)) {
            List<Thread> crew = new ArrayList<>();
            for (int t = 0; t < threadCount; t++) {
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        DelayedCall beaten = scheduler.callLater(HOUR, () -> {});
                        if (i % 10 == 0) {
                            scheduler.callLater(Duration.ofNanos(i), due::countDown);
                        }
                        if (i % 7 == 0) {
                            beaten.delay(MILLI);
                        }
                        beaten.cancel();
                    }
                });
                thread.start();
                crew.add(thread);
            }
            for (Thread thread : crew) {
                thread.join();
            }
            due.await();
            assertThat(scheduler.delayedCalls()).isEmpty();
            assertThat(scheduler.timekeeper.armed.size()).isZero();
            assertThat(started).as("threads that kept time").hasSize(1);
        }
    }

    @Test
    @Tag("long")
    void whatIsArmedWhileTheSchedulerIsClosedIsRefusedOrCancelled() throws Exception {
        for (int round = 0; round < 100; round++) {
            List<DelayedCall> calls = new ArrayList<>();
            AtomicInteger made = new AtomicInteger();
            SystemScheduler scheduler = scheduler(NEVER_IDLE);
            CountDownLatch underWay = new CountDownLatch(1);
            Thread arming = new Thread(() -> {
                try {
                    for (; ; ) {
                        calls.add(scheduler.callLater(HOUR, made::incrementAndGet));
                        underWay.countDown();
                    }
                } catch (IllegalStateException closed) {
                    // as it must be
                }
            });
            arming.start();
            underWay.await();
            scheduler.close();
            arming.join();
            assertThat(calls).noneMatch(DelayedCall::active);
            assertThat(scheduler.delayedCalls()).isEmpty();
            assertThat(made).hasValue(0);
            for (Thread thread : started) {
                thread.join();
            }
            started.clear();
        }
    }
}
