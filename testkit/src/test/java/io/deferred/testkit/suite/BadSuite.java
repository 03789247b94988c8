// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static io.deferred.testkit.DeferredTesting.cancelEverywhere;
import static io.deferred.testkit.DeferredTesting.exactlyOnce;
import static io.deferred.testkit.DeferredTesting.failureResultOf;
import static io.deferred.testkit.DeferredTesting.newExecutor;
import static io.deferred.testkit.DeferredTesting.successResultOf;

import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredSemaphore;
import io.deferred.Scheduler;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each leaves something behind, at the line below the one that says FAULT; each is run by {@link LeftoversTest}. */
@ExtendWith(DeferredExtension.class)
class BadSuite {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final AtomicReference<ExecutorService> THREADS = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> NEVER = new AtomicReference<>();

    @BeforeAll
    static void startThreads() {
        THREADS.set(Executors.newCachedThreadPool());
        NEVER.set(new CountDownLatch(1));
    }

    @AfterAll
    static void endThreads() {
        NEVER.get().countDown();
        THREADS.get().shutdown();
    }

    @Test
    void unhandledFailure() {
        // FAULT:
        Deferred.fail(new IOException("nobody looks"));
    }

    @Test
    void unhandledFailureOfAnotherThread() throws Exception {
        Deferred<String> work = Deferred.deferToThread(THREADS.get(), () -> "done");
        Deferred<String> all = work.addCallback(v -> {
            // FAULT:
            Deferred.fail(new IOException("nobody looks"));
            return v;
        });
        all.get(SECOND.multipliedBy(60));
    }

    @Test
    void forgottenReturn(VirtualClock clock) {
        // FAULT:
        Deferred<?> sleep = Deferred.deferLater(clock, SECOND);
        Deferred<?> unused = sleep.addCallback(v -> {
            throw new AssertionError("never looked at");
        });
    }

    @Test
    void unfired() {
        // FAULT:
        Deferred<String> answer = new Deferred<>();
        answer.consume(v -> {});
    }

    @Test
    void waitedFor() {
        // FAULT:
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = Deferred.succeed("a").chainCallback(v -> inner);
        outer.pause();
    }

    @Test
    void armedCall(VirtualClock clock) {
        // FAULT:
        clock.callLater(SECOND, () -> {});
    }

    @Test
    void armedCallOfTheSystem() {
        // FAULT:
        Scheduler.system().callLater(Duration.ofHours(1), () -> {});
    }

    @Test
    void readyTask() {
        // FAULT:
        newExecutor().execute(() -> {});
    }

    @Test
    void heldLock() {
        DeferredLock lock = new DeferredLock();
        // FAULT:
        lock.acquire().consume(l -> {});
    }

    @Test
    void heldToken() {
        DeferredSemaphore semaphore = new DeferredSemaphore(2);
        semaphore.acquire().consume(s -> semaphore.release());
        // FAULT:
        semaphore.acquire().consume(s -> {});
    }

    @Test
    void lineOfALock() {
        DeferredLock lock = new DeferredLock();
        // FAULT:
        lock.acquire().consume(l -> {});
        lock.acquire().consume(l -> lock.release());
    }

    @Test
    void threadOfAsync() {
        // FAULT:
        Deferred<Void> body = Deferred.async(() -> NEVER.get().await());
        body.cancel();
        failureResultOf(body, Throwable.class);
    }

    @Test
    void threadOfDeferToThread() {
        CountDownLatch begun = new CountDownLatch(1);
        // FAULT:
        Deferred<String> work = Deferred.deferToThread(THREADS.get(), () -> blocked(begun));
        awaitQuietly(begun);
        work.cancel();
        failureResultOf(work, Throwable.class);
    }

    private static String blocked(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        NEVER.get().await();
        return "late";
    }

    @Test
    void bodyThatAwaitsForEver() {
        Deferred<String> never = new Deferred<>();
        // FAULT:
        var unused = Deferred.async(() -> never.await());
    }

    @Test
    void finalizerThatIsForgotten() {
        // FAULT:
        var unused = exactlyOnce("close the connection");
    }

    @Test
    void failsByItselfToo() {
        // FAULT:
        Deferred.fail(new IOException("nobody looks"));
        successResultOf(Deferred.fail(new IllegalStateException("seen")));
    }

    @Test
    void lostCancel(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> {
            Deferred<String> request = new Deferred<>(); // no canceller
            // FAULT:
            clock.callLater(SECOND, () -> request.errback(new IOException("the server is gone")));
            return request.addErrback(f -> "handled");
        });
    }

    @Test
    void cancelThatStopsNothing(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> {
            Deferred<String> request = new Deferred<>();
            // FAULT:
            clock.callLater(SECOND, () -> request.callback("done"));
            return request;
        });
    }

    @Test
    void cancelThatSkipsTheFinalizer(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> {
            Runnable close = exactlyOnce("close the connection");
            // FAULT:
            Deferred<?> sleep = Deferred.deferLater(clock, SECOND);
            return sleep.tap(page -> close.run()); // not after a failure
        });
    }

    @Test
    void cancelThatIsIgnored(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> {
            // FAULT:
            Deferred<String> page = Deferred.deferLater(clock, SECOND, () -> "page");
            return page.chainErrback(f -> new Deferred<>());
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
