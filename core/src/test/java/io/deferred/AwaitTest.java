// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Await on threads that are no bodies, and where it is refused. */
class AwaitTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Reports reports = new Reports();

    private static Throwable thrownBy(Deferred<?> deferred) {
        try {
            deferred.await();
            throw new AssertionError("nothing was thrown");
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void waitsOnAnyThread() throws Exception {
        Deferred<String> d = new Deferred<>();
        Thread firer = new Thread(() -> d.callback("x"));
        firer.start();
        assertThat(d.await()).isEqualTo("x");
        assertThat(d.await()).isNull();
        firer.join();
    }

    @Test
    void waitsForTheWholePipeline() throws Exception {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> d = Deferred.succeed(1).chainCallback(x -> inner).addCallback(x -> x + "!");
        Thread firer = new Thread(() -> inner.callback("x"));
        firer.start();
        assertThat(d.await()).isEqualTo("x!");
        firer.join();
    }

    @Test
    void waitsWhileItIsPaused() throws Exception {
        Deferred<String> d = Deferred.succeed("x");
        d.pause();
        Thread unpauser = new Thread(d::unpause);
        unpauser.start();
        assertThat(d.await()).isEqualTo("x");
        unpauser.join();
    }

    @Test
    void anInterruptCancelsAndIsTranslated() {
        Deferred<String> d = new Deferred<>();
        Thread.currentThread().interrupt();
        assertThat(thrownBy(d)).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptBeforeTheAwaitOfAFiredOneIsTranslatedToo() {
        Deferred<String> d = Deferred.succeed("v");
        Thread.currentThread().interrupt();
        assertThat(thrownBy(d)).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void anInterruptThatComesToNothingIsRestored() throws Exception {
        Deferred<String> d = new Deferred<>(self -> self.callback("in spite of it"));
        Thread.currentThread().interrupt();
        assertThat(d.await()).isEqualTo("in spite of it");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isRefusedByItsOwnCallback() {
        Deferred<String> d = new Deferred<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        d.tap(x -> thrown.set(thrownBy(d)));
        d.callback("x");
        assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a callback of its own");
    }

    @Test
    void isRefusedByACallbackOfOneThatItWaitsFor() {
        Deferred<String> inner = new Deferred<>();
        List<Deferred<String>> outer = new ArrayList<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        inner.tap(x -> thrown.set(thrownBy(outer.get(0))));
        outer.add(Deferred.succeed(1).chainCallback(x -> inner));
        inner.callback("x");
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("which it waits for");
        assertThat(outer.get(0).outcome()).contains(new Outcome.Success<>("x"));
    }

    private static Throwable thrownInACallOf(Scheduler scheduler) throws Exception {
        Deferred<Throwable> thrown = new Deferred<>();
        scheduler.callLater(Duration.ZERO, () -> thrown.callback(thrownBy(new Deferred<>())));
        return thrown.get(LONG);
    }

    @Test
    void isRefusedOnTheSharedSchedulersThread() throws Exception {
        assertThat(thrownInACallOf(Scheduler.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scheduler");
    }

    @Test
    void isRefusedOnTheThreadThatKeepsTheTimeOfAScheduler() throws Exception {
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            assertThat(thrownInACallOf(scheduler)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void isRefusedOnAThreadThatMovesAVirtualClock() throws Exception {
        VirtualClock clock = new VirtualClock();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        clock.callLater(Duration.ofSeconds(1), () -> thrown.set(thrownBy(Deferred.succeed("x"))));
        clock.advance(Duration.ofSeconds(1));
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("scheduler");
        clock.callLater(Duration.ofSeconds(1), () -> thrown.set(thrownBy(Deferred.succeed("x"))));
        thrown.set(null);
        clock.jump(Duration.ofSeconds(1));
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        assertThat(Deferred.succeed("afterwards").await()).isEqualTo("afterwards");
    }

    @Test
    void aFailureThatIsWatchedAlreadyIsHandledByAnAwait() {
        VirtualClock clock = new VirtualClock();
        UnhandledFailures.setGracePeriod(Duration.ofSeconds(5), clock);
        Deferred<String> d = Deferred.fail(new IOException("disk full"));
        clock.advance(Duration.ofSeconds(2));
        assertThat(thrownBy(d)).isInstanceOf(IOException.class);
        clock.advance(Duration.ofSeconds(10));
        assertThat(reports.seen()).isEmpty();
    }

    // ---- the pool of JDKs without virtual threads

    @Test
    void virtualThreadsAreFoundWhereTheJdkHasThem() {
        assertThat(BodyThreads.virtualThreads() != null)
                .isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void aPoolThatIsExhaustedFailsTheNextBodyAtOnceAndSaysWhatToDo() throws Exception {
        Executor pool = BodyThreads.pool(2);
        Deferred<String> never = new Deferred<>();
        Deferred<String> alsoNever = new Deferred<>();
        CountDownLatch running = new CountDownLatch(2);
        Deferred<String> first = Body.start(
                () -> {
                    running.countDown();
                    return never.await();
                },
                pool);
        Deferred<String> second = Body.start(
                () -> {
                    running.countDown();
                    return alsoNever.await();
                },
                pool);
        running.await();
        Deferred<String> third = Body.start(() -> "x", pool);
        assertThat(third.outcome())
                .hasValueSatisfying(outcome -> assertThat(
                                ((Outcome.Failed<?>) outcome).failure().exception())
                        .isInstanceOf(RejectedExecutionException.class)
                        .hasMessageContaining("all 2 threads")
                        .hasMessageContaining("-Dio.deferred.async.threads")
                        .hasMessageContaining("JDK 21"));
        third.handle(f -> {});
        first.cancel();
        assertThatThrownBy(() -> first.get(LONG)).isInstanceOf(CancelledException.class);
        first.handle(f -> {});
        alsoNever.callback("y");
        assertThat(second.get(LONG)).isEqualTo("y");
    }

    @Test
    void theLimitOfThePoolIsReadFromAProperty() {
        assertThat(BodyThreads.limit(null)).isEqualTo(256);
        assertThat(BodyThreads.limit(" 12 ")).isEqualTo(12);
        for (String bad : new String[] {"0", "-1", "many", ""}) {
            assertThatThrownBy(() -> BodyThreads.limit(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-Dio.deferred.async.threads")
                    .hasMessageContaining('"' + bad + '"');
        }
    }

    @Test
    void anInterruptIsRestoredIfTheFailureIsAnother() {
        Deferred<String> d = new Deferred<>(self -> self.errback(new IOException("disk full")));
        Thread.currentThread().interrupt();
        assertThat(thrownBy(d)).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
