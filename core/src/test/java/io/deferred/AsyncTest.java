// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Point.untilAwaited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a body gives, and what it gets of those that it awaits. */
@ParameterizedClass
@EnumSource
class AsyncTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final AsyncThreads threads;

    AsyncTest(AsyncThreads threads) {
        this.threads = threads;
    }

    @Test
    void runsOnAThreadOfItsOwnAndGivesWhatTheBodyReturns() throws Exception {
        Thread thread = threads.async(Thread::currentThread).get(LONG);
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("deferred-async");
    }

    @Test
    void aBodyWithoutAResultGivesNull() throws Exception {
        assertThat(Deferred.async(() -> {
                            seen.add("ran");
                        })
                        .get(LONG))
                .isNull();
        assertThat(seen).containsExactly("ran");
    }

    @Test
    void whatTheBodyThrowsIsTheFailure() {
        IOException wrong = new IOException("wrong");
        Deferred<Object> d = threads.async(() -> {
            throw wrong;
        });
        assertThatThrownBy(() -> d.get(LONG)).isSameAs(wrong);
        d.handle(f -> {});
    }

    @Test
    void awaitGivesTheResultAndTakesIt() throws Exception {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = threads.async(() -> inner.await() + "!");
        untilAwaited(inner);
        inner.callback("hello");
        assertThat(outer.get(LONG)).isEqualTo("hello!");
        assertThat(inner.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void aSecondAwaitGivesNull() throws Exception {
        Deferred<String> inner = Deferred.succeed("once");
        assertThat(threads.async(() -> inner.await() + inner.await()).get(LONG)).isEqualTo("oncenull");
    }

    @Test
    void awaitThrowsTheVeryExceptionWhichIsHandledByThat() throws Exception {
        IOException wrong = new IOException("wrong");
        Deferred<String> pending = new Deferred<>();
        Deferred<List<Object>> outer = threads.async(() -> {
            for (Deferred<String> d : List.of(Deferred.<String>fail(wrong), pending)) {
                try {
                    seen.add(d.await());
                } catch (IOException e) {
                    seen.add(e);
                }
            }
            return seen;
        });
        untilAwaited(pending);
        pending.errback(wrong);
        assertThat(outer.get(LONG)).hasSize(2).allSatisfy(e -> assertThat(e).isSameAs(wrong));
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aBodyThatReturnsADeferredIsToldToAwaitIt() {
        Deferred<Object> outer = threads.async(() -> Deferred.succeed("x"));
        assertThatThrownBy(() -> outer.get(LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("await()");
        outer.handle(f -> {});
    }

    @Test
    void callbacksOfTheOuterOneRunOnTheBodysThread() throws Exception {
        Point point = new Point();
        Deferred<Thread> outer = threads.async(() -> {
            point.pass();
            return Thread.currentThread();
        });
        point.untilReached();
        Deferred<Boolean> same = outer.addCallback(body -> body == Thread.currentThread());
        point.open();
        assertThat(same.get(LONG)).isTrue();
    }

    @Test
    void whatTheCallbackWroteIsSeenAfterTheAwait() throws Exception {
        int[] plain = new int[1];
        Deferred<String> inner = new Deferred<String>().tap(x -> plain[0] = 7);
        Deferred<Integer> outer = threads.async(() -> {
            inner.await();
            return plain[0];
        });
        inner.callback("x");
        assertThat(outer.get(LONG)).isEqualTo(7);
    }

    @Test
    void whatTheHolderHasFiredItselfLosesNoResult() throws Exception {
        Point point = new Point();
        List<Object> late = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        Deferred<String> outer = threads.<String>async(() -> {
                    point.pass();
                    return "late";
                })
                .onLateResult(value -> {
                    late.add(value);
                    ended.countDown();
                });
        point.untilReached();
        outer.callback("misused");
        point.open();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(late).containsExactly("late");
    }

    @Test
    void awaitingOnesOwnEndIsRefused() {
        Point point = new Point();
        CompletableFuture<Deferred<Object>> self = new CompletableFuture<>();
        Deferred<Object> outer = threads.async(() -> {
            point.pass();
            return self.get().await();
        });
        self.complete(outer);
        point.untilReached();
        point.open();
        assertThatThrownBy(() -> outer.get(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("very body");
        outer.handle(f -> {});
    }

    @Test
    void awaitingOneThatWaitsForOnesOwnEndIsRefused() {
        Point point = new Point();
        CompletableFuture<Deferred<Object>> waiter = new CompletableFuture<>();
        Deferred<Object> outer = threads.async(() -> {
            point.pass();
            return waiter.get().await();
        });
        point.untilReached();
        waiter.complete(Deferred.succeed("x").chainCallback(x -> outer));
        point.open();
        Deferred<Object> end = waiter.join();
        assertThatThrownBy(() -> end.get(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("very body");
        end.handle(f -> {});
    }

    @Test
    void aThreadThatHasRunABodyIsLeftByIt() {
        Deferred<Boolean> body = Body.start(() -> Body.current() != null, Runnable::run);
        assertThat(body.outcome()).contains(new Outcome.Success<>(true));
        assertThat((Object) Body.current()).isNull();
    }
}
