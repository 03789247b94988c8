// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies on both kinds of thread, as far as this JDK has them: the pool is tried on every one. */
@ParameterizedClass
@EnumSource
class AsyncTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Executor POOL = BodyThreads.pool(4);

    enum Threads {
        SHARED,
        POOLED;

        <T> Deferred<T> async(Callable<T> body) {
            return this == SHARED ? Deferred.async(body) : Body.start(body, POOL);
        }
    }

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final Threads threads;

    AsyncTest(Threads threads) {
        this.threads = threads;
    }

    /** Lets the test go on when the body has come to a point, and the body when the test has. */
    private static final class Point {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void pass() {
            reached.countDown();
            await(opened);
        }

        void untilReached() {
            await(reached);
        }

        void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
                        return;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Returns when the body waits for it. */
    private static void untilAwaited(Deferred<?> deferred) {
        while (Stage.bottom(deferred.state()) == null) {
            Busy.yieldToOwner();
        }
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

    // ---- cancelling

    @Test
    void cancelReachesTheDeferredThatIsAwaited() {
        Deferred<String> inner = new Deferred<>(self -> seen.add("canceller"));
        Deferred<String> outer = threads.async(inner::await);
        untilAwaited(inner);
        assertThat(outer.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("canceller");
        outer.handle(f -> {});
    }

    @Test
    void theBodyMayCatchACancelAndCleanUpBeforeTheOuterOneEnds() throws Exception {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> cleaning = new Deferred<>();
        Deferred<String> outer = threads.async(() -> {
            try {
                return inner.await();
            } catch (CancelledException e) {
                return cleaning.await();
            }
        });
        untilAwaited(inner);
        outer.cancel();
        untilAwaited(cleaning);
        assertThat(outer.called()).isTrue();
        assertThat(outer.outcome()).isEmpty();
        cleaning.callback("cleaned");
        assertThat(outer.get(LONG)).isEqualTo("cleaned");
    }

    @Test
    void eachCancelReachesWhatIsAwaitedThen() throws Exception {
        Deferred<String> first = new Deferred<>();
        Deferred<String> second = new Deferred<>();
        Deferred<String> outer = threads.async(() -> {
            try {
                return first.await();
            } catch (CancelledException e) {
                return second.await();
            }
        });
        untilAwaited(first);
        outer.cancel();
        untilAwaited(second);
        outer.cancel();
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningCancelsWhatItAwaitsNext() {
        Point point = new Point();
        Deferred<String> inner = new Deferred<>(self -> seen.add("canceller"));
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            return inner.await();
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("canceller");
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningIsThrownByTheNextAwaitEvenOfAFiredOne() {
        Point point = new Point();
        Deferred<String> fired = Deferred.succeed("there");
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            return fired.await();
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(fired.outcome()).as("left where it is").contains(new Outcome.Success<>("there"));
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningIsDeliveredOnce() throws Exception {
        Point point = new Point();
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            try {
                return Deferred.succeed("first").await();
            } catch (CancelledException e) {
                return Deferred.succeed("second").await();
            }
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThat(outer.get(LONG)).isEqualTo("second");
    }

    @Test
    void aBodyThatDoesNotAwaitAnyMoreGivesItsResultInSpiteOfACancel() throws Exception {
        Point point = new Point();
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            return "done";
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThat(outer.get(LONG)).isEqualTo("done");
    }

    @Test
    void aTimeOutCancelsWhatIsAwaited() {
        VirtualClock clock = new VirtualClock();
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = threads.async(inner::await).addTimeout(Duration.ofSeconds(3), clock);
        untilAwaited(inner);
        clock.advance(Duration.ofSeconds(3));
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(TimeoutException.class);
        outer.handle(f -> {});
    }

    @Test
    void anInterruptIsACancel() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Deferred<String> inner = new Deferred<>(self -> seen.add("canceller"));
        Deferred<Boolean> outer = threads.async(() -> {
            thread.complete(Thread.currentThread());
            try {
                inner.await();
            } catch (CancelledException e) {
                return Thread.currentThread().isInterrupted();
            }
            throw new AssertionError("not cancelled");
        });
        untilAwaited(inner);
        thread.get().interrupt();
        assertThat(outer.get(LONG)).isFalse();
        assertThat(seen).containsExactly("canceller");
    }

    @Test
    void anInterruptBeforeAnAwaitIsACancelToo() throws Exception {
        Deferred<String> pending = new Deferred<>();
        Deferred<String> outer = threads.async(() -> {
            Thread.currentThread().interrupt();
            try {
                Deferred.succeed("x").await();
            } catch (CancelledException e) {
                seen.add("first");
            }
            Thread.currentThread().interrupt();
            return pending.await();
        });
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("first");
        assertThat(pending.called()).isTrue();
        outer.handle(f -> {});
    }

    @Test
    void anInterruptThatComesTooLateDoesNotReachTheCallbacks() throws Exception {
        Point point = new Point();
        Deferred<Boolean> outer = threads.async(() -> {
                    point.pass();
                    Thread.currentThread().interrupt();
                    return "done";
                })
                .addCallback(done -> Thread.currentThread().isInterrupted());
        point.untilReached();
        point.open();
        assertThat(outer.get(LONG)).isFalse();
    }

    @Test
    void aBodysOwnInterruptedExceptionIsItsFailure() {
        Deferred<Object> outer = threads.async(() -> {
            throw new InterruptedException("slept");
        });
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(InterruptedException.class);
        outer.handle(f -> {});
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

    // ---- refused

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

    // ---- awaits and cancels within each other

    @Test
    void anAwaitOfACallbackWithinAnAwaitDoesNotHideWhatTheBodyAwaits() {
        Deferred<String> cleanup = new Deferred<>();
        Deferred<String> rest = new Deferred<>();
        Point point = new Point();
        Deferred<String> d = new Deferred<String>().chainErrback(f -> {
            cleanup.await();
            return rest;
        });
        Deferred<String> body = threads.async(() -> {
            point.pass();
            return d.await();
        });
        point.untilReached();
        body.cancel(); // delivered at d.await(), on the body's thread, whose errback awaits something else
        point.open();
        untilAwaited(cleanup);
        cleanup.callback("");
        untilAwaited(rest);
        body.cancel();
        assertThat(rest.called()).isTrue();
        assertThatThrownBy(() -> body.get(LONG)).isInstanceOf(CancelledException.class);
        body.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheCancellerAtWorkForAnotherLeavesTheCleaningUpAlone() throws Exception {
        Point canceller = new Point();
        Deferred<String> op = new Deferred<>(self -> canceller.pass());
        Deferred<String> cleanup = new Deferred<>();
        Deferred<String> body = threads.async(() -> {
            try {
                return op.await();
            } catch (CancelledException e) {
                return cleanup.await();
            }
        });
        untilAwaited(op);
        Thread first = new Thread(op::cancel);
        first.start();
        canceller.untilReached();
        body.cancel();
        canceller.open();
        first.join();
        untilAwaited(cleanup);
        assertThat(cleanup.called()).isFalse();
        cleanup.callback("cleaned");
        assertThat(body.get(LONG)).isEqualTo("cleaned");
    }

    @Test
    void aCancelThatFindsTheBodyRunningIsNotLostOnOneThatIsPaused() {
        Deferred<String> held = Deferred.succeed("v");
        held.pause();
        Deferred<String> next = new Deferred<>(self -> seen.add("canceller"));
        Point point = new Point();
        Deferred<String> body = threads.async(() -> {
            point.pass();
            held.await();
            return next.await();
        });
        point.untilReached();
        body.cancel();
        point.open();
        while (!(held.state() instanceof Parked)) {
            Busy.yieldToOwner(); // the body is not there yet
        }
        held.unpause();
        assertThatThrownBy(() -> body.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("canceller");
        body.handle(f -> {});
    }

    @Test
    void aPauseOfTheOuterOneDoesNotHoldTheCancelBack() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> body = threads.async(inner::await);
        untilAwaited(inner);
        body.pause();
        assertThat(body.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(inner.called()).isTrue();
        body.unpause();
        assertThatThrownBy(() -> body.get(LONG)).isInstanceOf(CancelledException.class);
        body.handle(f -> {});
    }

    @Test
    void anInterruptIsDeliveredOnce() throws Exception {
        Deferred<String> body = threads.async(() -> {
            Thread.currentThread().interrupt();
            try {
                return new Deferred<String>().await();
            } catch (CancelledException e) {
                return Deferred.succeed("went on").await();
            }
        });
        assertThat(body.get(LONG)).isEqualTo("went on");
    }

    @Test
    void aCancelDoesNothingToOneThatIsPausedWithItsResultNorToWhatComesAfterIt() throws Exception {
        Deferred<String> held = Deferred.succeed("v");
        held.pause();
        Deferred<String> body =
                threads.async(() -> held.await() + Deferred.succeed("!").await());
        while (!(held.state() instanceof Parked)) {
            Busy.yieldToOwner(); // the body is not there yet
        }
        body.cancel();
        held.unpause();
        assertThat(body.get(LONG)).isEqualTo("v!");
    }

    @Test
    void aCancelByACallbackOfWhatIsAwaitedDoesNothing() throws Exception {
        List<Deferred<String>> own = new CopyOnWriteArrayList<>();
        Deferred<String> inner = new Deferred<String>().tap(v -> own.get(0).cancel());
        Object before = inner.state();
        own.add(threads.async(() -> inner.await() + Deferred.succeed("!").await()));
        while (inner.state() == before) {
            Busy.yieldToOwner(); // the body is not there yet
        }
        inner.callback("v");
        assertThat(own.get(0).get(LONG)).isEqualTo("v!");
    }

    /** The result of the outer await comes first. */
    @Test
    void anOuterAwaitThatEndsBeforeTheInnerOneIsForgotten() throws Exception {
        Deferred<List<Deferred<String>>> own = new Deferred<>();
        Deferred<String> later = new Deferred<>(self -> seen.add("later's canceller"));
        List<Deferred<String>> outer = new CopyOnWriteArrayList<>();
        Deferred<String> inner = new Deferred<>(self -> {
            outer.get(0).callback("outer");
            self.callback("inner");
        });
        outer.add(new Deferred<>(self -> {
            Thread.currentThread().interrupt();
            seen.add(inner.await());
        }));
        Deferred<String> body = threads.async(() -> {
            Deferred<String> me = own.await().get(0);
            Thread.currentThread().interrupt();
            seen.add(outer.get(0).await());
            outer.get(0).chainCallback(v -> later).called();
            me.cancel();
            return new Deferred<String>(self -> self.callback("found the next await")).await();
        });
        own.callback(List.of(body));
        assertThat(body.get(LONG)).isEqualTo("found the next await");
        assertThat(seen).containsExactly("inner", "outer");
    }

    @Test
    void aThreadThatHasRunABodyIsLeftByIt() {
        Deferred<Boolean> body = Body.start(() -> Body.current() != null, Runnable::run);
        assertThat(body.outcome()).contains(new Outcome.Success<>(true));
        assertThat((Object) Body.current()).isNull();
    }

    @Test
    void workThatWasCancelledBeforeItsThreadHasBegunIsListedWhileItIsDone() {
        Debugging.full();
        try {
            List<Runnable> queue = new ArrayList<>();
            List<OutlivingWork> listed = new ArrayList<>();
            Deferred<String> d = Body.start(
                            () -> {
                                listed.addAll(OutlivingWork.longerThan(Duration.ZERO));
                                return "done";
                            },
                            queue::add)
                    .named("report");
            d.cancel();
            queue.forEach(Runnable::run);
            assertThat(listed).anySatisfy(work -> assertThat(work.what()).contains("'report'"));
            d.handle(f -> {});
        } finally {
            Debugging.off();
        }
    }
}
