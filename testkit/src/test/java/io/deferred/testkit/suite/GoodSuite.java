// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static io.deferred.testkit.DeferredTesting.cancelEverywhere;
import static io.deferred.testkit.DeferredTesting.exactlyOnce;
import static io.deferred.testkit.DeferredTesting.failureResultOf;
import static io.deferred.testkit.DeferredTesting.flushUnhandled;
import static io.deferred.testkit.DeferredTesting.newExecutor;
import static io.deferred.testkit.DeferredTesting.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredSemaphore;
import io.deferred.DelayedCall;
import io.deferred.Leftover;
import io.deferred.Parallel;
import io.deferred.Scheduler;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredExtension;
import io.deferred.testkit.MayLeave;
import io.deferred.testkit.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same as {@link BadSuite}, brought to an end; run again and again by {@link GoodSuiteTest}. */
@ExtendWith(DeferredExtension.class)
class GoodSuite {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final AtomicReference<ExecutorService> THREADS = new AtomicReference<>();
    private static final AtomicReference<Deferred<String>> OF_THE_CLASS = new AtomicReference<>();

    private final Deferred<String> ofTheInstance = new Deferred<String>().addCallback(v -> v);

    @BeforeAll
    static void makeOneForAll() {
        THREADS.set(Executors.newFixedThreadPool(2));
        OF_THE_CLASS.set(new Deferred<>());
    }

    @BeforeEach
    void fireThatOfTheInstance() {
        ofTheInstance.callback("value");
    }

    @AfterAll
    static void endThreads() {
        THREADS.get().shutdown();
    }

    @Test
    void flushedFailure() {
        IOException exception = new IOException("expected");
        Deferred.fail(exception);
        Deferred.fail(new IllegalStateException("another"));
        assertThat(flushUnhandled(IOException.class)).containsExactly(exception);
        assertThat(flushUnhandled(Throwable.class)).hasSize(1);
    }

    @Test
    void handledByAnotherThread() throws Exception {
        Deferred<String> work = Deferred.deferToThread(THREADS.get(), () -> "done");
        work.addCallback(v -> {
                    Deferred.fail(new IOException("seen")).handle(f -> {});
                    return v;
                })
                .get(LONG_ENOUGH);
    }

    @Test
    void sleepThatIsAdvanced(VirtualClock clock) {
        Deferred<String> sleep = Deferred.deferLater(clock, SECOND, () -> "rested");
        clock.advance(SECOND);
        assertThat(successResultOf(sleep)).isEqualTo("rested");
    }

    @Test
    void calledOff(VirtualClock clock) {
        clock.callLater(SECOND, () -> {}).cancel();
        DelayedCall call = Scheduler.system().callLater(Duration.ofHours(1), () -> {});
        call.cancel();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void tasksThatAreRun(VirtualClock clock, Executor executor) {
        Deferred<String> work = Deferred.deferToThread(executor, () -> "done");
        clock.advance(Duration.ZERO);
        assertThat(successResultOf(work)).isEqualTo("done");
    }

    @Test
    void locksAreGivenBack() {
        DeferredLock lock = new DeferredLock();
        Deferred<String> held = new Deferred<>();
        Deferred<String> first = lock.run(() -> held);
        Deferred<String> second = lock.run(() -> Deferred.succeed("second"));
        held.callback("first");
        assertThat(successResultOf(first)).isEqualTo("first");
        assertThat(successResultOf(second)).isEqualTo("second");
        DeferredSemaphore semaphore = new DeferredSemaphore(2);
        semaphore.acquire().consume(s -> semaphore.release());
        semaphore.acquire().consume(s -> semaphore.release());
    }

    @Test
    void bodiesEnd() throws Exception {
        Deferred<String> answer = new Deferred<>();
        Deferred<String> body = Deferred.async(() -> answer.await() + "!");
        answer.callback("yes");
        assertThat(body.get(LONG_ENOUGH)).isEqualTo("yes!");
    }

    @Test
    void cancelledBodiesEnd() {
        Deferred<String> never = new Deferred<>();
        Deferred<String> body = Deferred.async(() -> never.await());
        body.cancel();
        body.handle(f -> {});
    }

    @Test
    @MayLeave(Leftover.Kind.ARMED)
    void leavesWhatItMay(VirtualClock clock) {
        clock.callLater(SECOND, () -> {});
    }

    @Schedules(10)
    void inEveryOrder(VirtualClock clock) {
        Set<Integer> seen = new TreeSet<>();
        Deferred<List<Integer>> all = Parallel.map(
                List.of(1, 2, 3, 4),
                2,
                n -> Deferred.deferToThread(newExecutor(), () -> n).tap(seen::add));
        clock.advance(SECOND);
        assertThat(successResultOf(all)).containsExactly(1, 2, 3, 4);
        assertThat(seen).containsExactly(1, 2, 3, 4);
    }

    @Test
    void cancelledAnywhere(VirtualClock clock) throws Exception {
        DeferredLock lock = new DeferredLock();
        int points = cancelEverywhere(() -> {
            Runnable close = exactlyOnce("close");
            return lock.run(() -> Deferred.deferLater(clock, SECOND, () -> "page")
                            .chainCallback(page -> Deferred.deferLater(clock, SECOND, () -> page + " stored")))
                    .addTimeout(LONG_ENOUGH, clock)
                    .tapBoth(outcome -> close.run());
        });
        assertThat(points).isEqualTo(2);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void cancelledBodyAnywhere(VirtualClock clock) throws Exception {
        int points = cancelEverywhere(() -> {
            Runnable close = exactlyOnce("close");
            return Deferred.async(() -> {
                try {
                    String page =
                            Deferred.deferLater(clock, SECOND, () -> "page").await();
                    return Deferred.deferLater(clock, SECOND, () -> page + " stored")
                            .await();
                } finally {
                    close.run();
                }
            });
        });
        assertThat(points).isEqualTo(2);
    }

    @Test
    void aCancelIsAFailureLikeOthers() {
        Deferred<String> cancelled = new Deferred<>();
        cancelled.cancel();
        failureResultOf(cancelled, CancelledException.class);
    }
}
