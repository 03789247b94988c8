// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeferToThreadTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int ROUNDS = 20_000;

    @RegisterExtension
    final Reports reports = new Reports();

    private final Worker worker = new Worker();
    private final List<Object> seen = new ArrayList<>();
    private final List<Runnable> queue = new ArrayList<>();

    @AfterEach
    void endTheThread() throws InterruptedException {
        worker.end();
        assertThat(worker.strayInterrupts).hasValue(0);
    }

    @Test
    void theFunctionAndTheCallbacksRunOnTheExecutorsThread() throws Exception {
        CountDownLatch added = new CountDownLatch(1);
        Deferred<List<Thread>> d = Deferred.deferToThread(worker, () -> {
                    Worker.await(added);
                    return Thread.currentThread();
                })
                .addCallback(runner -> List.of(runner, Thread.currentThread()));
        assertThat(d.called()).isFalse();
        added.countDown();
        assertThat(d.get(LIMIT)).containsExactly(worker.thread, worker.thread);
    }

    @Test
    void theVeryExceptionArrives() {
        IOException thrown = new IOException("disk");
        Deferred<String> d = Deferred.deferToThread(Runnable::run, () -> {
            throw thrown;
        });
        assertThat(failureOf(d)).isSameAs(thrown);
        d.handle(f -> {});
    }

    @Test
    void nullIsAResult() {
        Deferred<String> d = Deferred.deferToThread(Runnable::run, () -> null);
        assertThat(d.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void aFunctionThatReturnsADeferredFails() {
        Deferred<Object> d = Deferred.deferToThread(Runnable::run, Deferred::new);
        assertThat(failureOf(d))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the function gave Deferred@")
                .hasMessageContaining("never the result of another");
        d.handle(f -> {});
    }

    @Test
    void anExecutorThatRefusesFailsTheDeferred() {
        RejectedExecutionException thrown = new RejectedExecutionException("full");
        Deferred<String> d = Deferred.deferToThread(
                task -> {
                    throw thrown;
                },
                () -> "v");
        assertThat(failureOf(d)).isSameAs(thrown);
        d.handle(f -> {});
    }

    @Test
    void anExecutorThatThrowsWhenItHasRunTheFunctionChangesNothing() {
        Deferred<String> d = Deferred.deferToThread(
                task -> {
                    task.run();
                    throw new IllegalStateException("too late");
                },
                () -> "v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aTaskThatIsRunTwiceCallsTheFunctionOnce() {
        AtomicInteger calls = new AtomicInteger();
        Deferred<Integer> d = Deferred.deferToThread(queue::add, calls::incrementAndGet);
        queue.get(0).run();
        queue.get(0).run();
        assertThat(calls).hasValue(1);
        assertThat(d.outcome()).contains(new Outcome.Success<>(1));
    }

    @Test
    void missingArgumentsAreRefusedAtOnce() {
        assertThatNullPointerException()
                .isThrownBy(() -> Deferred.deferToThread(null, () -> "v"))
                .withMessage("executor");
        assertThatNullPointerException()
                .isThrownBy(() -> Deferred.deferToThread(worker, null))
                .withMessage("function");
        assertThatNullPointerException()
                .isThrownBy(() -> Deferred.deferToThread(worker, null, () -> "v"))
                .withMessage("onCancel");
    }

    // ---- cancelling

    @ParameterizedTest
    @EnumSource
    void cancelledBeforeItStartsItNeverRuns(OnCancel onCancel) {
        Deferred<Boolean> d = Deferred.deferToThread(queue::add, onCancel, () -> seen.add("called"));
        d.onLateResult(seen::add);
        assertThat(d.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        queue.get(0).run();
        assertThat(seen).isEmpty();
    }

    @Test
    void cancelledBeforeItStartsTheFunctionIsLetGo() {
        Object captured = new Object();
        WeakReference<Object> reference = new WeakReference<>(captured);
        Callable<Integer> function = captured::hashCode;
        Deferred<Integer> d = Deferred.deferToThread(queue::add, function);
        captured = null;
        function = null;
        d.cancel();
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
        assertThat(queue).as("still with the executor").hasSize(1);
    }

    @Test
    void aRunningFunctionIsLeftRunningAndItsValueComesTooLate() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> d = Deferred.<String>deferToThread(worker, () -> {
                    begun.countDown();
                    Worker.await(cancelled);
                    return "late, interrupted: " + Thread.interrupted();
                })
                .onLateResult(seen::add);
        Worker.await(begun);
        assertThat(d.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(failureOf(d)).as("at once").isInstanceOf(CancelledException.class);
        cancelled.countDown();
        worker.finish();
        assertThat(seen).containsExactly("late, interrupted: false");
    }

    @Test
    void aLateFailureIsNotReportedAsUnhandled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> d = Deferred.deferToThread(worker, () -> {
            begun.countDown();
            Worker.await(cancelled);
            throw new IOException("late");
        });
        Worker.await(begun);
        d.cancel();
        d.handle(f -> {});
        cancelled.countDown();
        worker.finish();
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aRunningFunctionIsInterruptedIfThatIsAskedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Deferred<String> d = Deferred.deferToThread(worker, OnCancel.INTERRUPT, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                seen.add("interrupted");
                throw e;
            }
        });
        Worker.await(begun);
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        d.handle(f -> {});
        worker.finish();
        assertThat(seen).containsExactly("interrupted");
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void anInterruptThatTheFunctionDoesNotHeedIsGoneAfterwards() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Deferred<String> d = Deferred.<String>deferToThread(worker, OnCancel.INTERRUPT, () -> {
                    begun.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return "done all the same";
                })
                .onLateResult(value -> seen.add(value + " " + Thread.interrupted()));
        Worker.await(begun);
        d.cancel();
        worker.finish();
        assertThat(seen).containsExactly("done all the same false");
        assertThat(worker.strayInterrupts).hasValue(0);
    }

    @Test
    void anInterruptOfOthersIsKept() {
        Deferred<String> d = Deferred.deferToThread(Runnable::run, OnCancel.INTERRUPT, () -> {
            Thread.currentThread().interrupt();
            return "v";
        });
        assertThat(Thread.interrupted()).isTrue();
        Deferred<String> failed = Deferred.deferToThread(Runnable::run, OnCancel.INTERRUPT, () -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(d.called()).isTrue();
        failed.handle(f -> {});
    }

    @Test
    void anInterruptOfOthersIsKeptAfterACancelThatLeavesTheFunctionRunning() {
        List<Deferred<String>> own = new ArrayList<>();
        own.add(Deferred.deferToThread(queue::add, () -> {
            own.get(0).cancel();
            Thread.currentThread().interrupt();
            return "late";
        }));
        queue.get(0).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failureOf(own.get(0))).isInstanceOf(CancelledException.class);
    }

    @Test
    void aFunctionMayCancelItsOwnDeferred() throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        List<Deferred<String>> own = new ArrayList<>();
        own.add(Deferred.deferToThread(worker, OnCancel.INTERRUPT, () -> {
            Worker.await(known);
            seen.add(own.get(0).cancel());
            return "late";
        }));
        own.get(0).onLateResult(seen::add);
        known.countDown();
        worker.finish();
        assertThat(failureOf(own.get(0))).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly(Cancellation.CANCELLER_RAN, "late");
    }

    /** Cancels come at any time; whatever happens, a later task of the same thread is not interrupted. */
    @Test
    void anInterruptNeverHitsALaterTask() throws Exception {
        AtomicInteger results = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger(-1);
        for (int i = 0; i < ROUNDS; i++) {
            int number = i;
            Deferred<Integer> d = Deferred.<Integer>deferToThread(worker, OnCancel.INTERRUPT, () -> {
                        begun.set(number);
                        spin(number >> 7 & 0x7f);
                        return number;
                    })
                    .onLateResult(late -> results.incrementAndGet());
            d.tap(value -> results.incrementAndGet())
                    .handle(f -> assertThat(f.exception()).isInstanceOf(CancelledException.class));
            while (begun.get() < number) {
                Busy.yieldToOwner();
            }
            spin(number & 0x7f);
            d.cancel();
        }
        worker.finish();
        assertThat(results).as("each came once").hasValue(ROUNDS);
        assertThat(worker.strayInterrupts).hasValue(0);
        assertThat(reports.now()).isEmpty();
    }

    private static void spin(int spins) {
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anInterruptThatThrowsIsReportedAndTheDeferredFailsAllTheSame() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Executor threads = task -> {
            Thread thread = new Thread(task) {
                @Override
                public void interrupt() {
                    throw new IllegalStateException("cannot be interrupted");
                }
            };
            thread.setDaemon(true);
            thread.start();
        };
        Deferred<String> d = Deferred.deferToThread(threads, OnCancel.INTERRUPT, () -> {
            begun.countDown();
            Worker.await(over);
            return "v";
        });
        Worker.await(begun);
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(d.cancel()).isEqualTo(Cancellation.NOTHING_TO_STOP);
        d.handle(f -> {});
        over.countDown();
        assertThat(reports.seen())
                .singleElement()
                .satisfies(report -> assertThat(report.failure().exception()).hasMessage("cannot be interrupted"));
    }

    @Test
    void anInterruptThatComesBackWithACancelEndsIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        List<Deferred<String>> own = new ArrayList<>();
        List<Thread> thread = new ArrayList<>();
        Executor threads = task -> {
            thread.add(new Thread(task) {
                @Override
                public void interrupt() {
                    seen.add(own.get(0).cancel());
                    super.interrupt();
                }
            });
            thread.get(0).start();
        };
        Deferred<String> d = Deferred.deferToThread(threads, OnCancel.INTERRUPT, () -> {
            begun.countDown();
            never.await();
            return "never";
        });
        own.add(d);
        Worker.await(begun);
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        thread.get(0).join();
        assertThat(seen).startsWith(Cancellation.CANCELLER_RAN);
        d.handle(f -> {});
    }

    @Test
    void anErrorOfTheJvmIsReportedAtOnceAlsoFromAFunctionThatBelongsToNone() {
        Deferred<String> d = Deferred.deferToThread(Runnable::run, () -> {
            throw new InternalError("broken");
        });
        assertThat(failureOf(d)).hasMessage("broken");
        d.handle(f -> {});
        assertThat(reports.seen())
                .singleElement()
                .satisfies(report -> assertThat(report.where()).startsWith("a function, at once"));
    }
}
