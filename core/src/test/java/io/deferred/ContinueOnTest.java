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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContinueOnTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int DEEP = 1_000_000;
    private static final int ROUNDS = 20_000;
    private static final Executor DIRECT = Runnable::run;
    private static final Executor REFUSING = task -> {
        throw new RejectedExecutionException("full");
    };

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final Worker worker = new Worker();
    private final List<Object> seen = new ArrayList<>();
    private final List<Runnable> queue = new ArrayList<>();

    @AfterEach
    void endTheThread() throws InterruptedException {
        worker.end();
    }

    private static Thread here() {
        return Thread.currentThread();
    }

    /** Runs it on the worker, whose stack is small. */
    private void onSmallStack(Runnable program) throws Exception {
        Deferred<String> done = Deferred.deferToThread(worker, () -> {
            program.run();
            return "done";
        });
        assertThat(done.get(LIMIT)).isEqualTo("done");
    }

    @Test
    void whatFollowsRunsOnTheExecutor() throws Exception {
        Deferred<String> d = new Deferred<>();
        d.tap(v -> seen.add(here())).continueOn(worker).tap(v -> seen.add(here()));
        d.callback("v");
        assertThat(d.get(LIMIT)).isEqualTo("v");
        assertThat(seen).containsExactly(here(), worker.thread);
    }

    @Test
    void addedToOneThatHasItsResultItHopsAtOnce() throws Exception {
        Deferred<String> d = Deferred.succeed("v");
        d.continueOn(task -> worker.execute(() -> {
            seen.add(here());
            task.run();
        }));
        worker.finish();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(seen).containsExactly(worker.thread);
    }

    @Test
    void whatIsAddedWhenItHasComeToRestThereRunsThereToo() throws Exception {
        Deferred<String> d = Deferred.succeed("v").continueOn(worker);
        worker.finish();
        d.tap(v -> seen.add(here()));
        d.tap(v -> seen.add(here()));
        worker.finish();
        d.tap(v -> seen.add(here()));
        worker.finish();
        assertThat(seen).containsExactly(worker.thread, worker.thread, worker.thread);
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void aFailureThatIsAtRestThereIsHandledThere() throws Exception {
        Deferred<Object> d = Deferred.fail(new IOException("disk")).continueOn(worker);
        worker.finish();
        d.addErrback(f -> here());
        worker.finish();
        assertThat(d.outcome()).contains(new Outcome.Success<>(worker.thread));
    }

    @Test
    void onceItHasWaitedElsewhereWhatIsAddedRunsOnTheAddingThreadAgain() throws Exception {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> d = Deferred.succeed("v").continueOn(worker).chainCallback(v -> inner);
        worker.finish();
        inner.callback("w");
        d.tap(v -> seen.add(here()));
        assertThat(seen).containsExactly(here());
    }

    @Test
    void aFailureGoesAlong() throws Exception {
        IOException thrown = new IOException("disk");
        Deferred<Object> d = new Deferred<>().continueOn(worker);
        d.addErrback(f -> List.of(f.exception(), here()));
        d.errback(thrown);
        assertThat(d.get(LIMIT)).isEqualTo(List.of(thrown, worker.thread));
    }

    /** The window is small with a pool, and as large as can be with an executor that waits for its task. */
    @Test
    void anExecutorThatIsDoneBeforeItReturnsRunsWhatFollowsItself() {
        Executor waiting = task -> {
            CountDownLatch done = new CountDownLatch(1);
            worker.execute(() -> {
                task.run();
                done.countDown();
            });
            try {
                Worker.await(done);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        Deferred<String> fired = new Deferred<>();
        Deferred<Thread> d = fired.continueOn(waiting).addCallback(v -> here());
        fired.callback("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>(worker.thread));
    }

    @Test
    void itNeverGoesOnWhereItWas() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Deferred<Integer> fired = new Deferred<>();
            Deferred<Thread> d = fired.continueOn(worker).addCallback(v -> here());
            fired.callback(i);
            assertThat(d.get(LIMIT)).isSameAs(worker.thread);
        }
    }

    @Test
    void itHoldsUntilTheNextWait() throws Exception {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> d = new Deferred<String>().continueOn(worker).chainCallback(v -> inner);
        d.tap(v -> seen.add(here()));
        d.callback("v");
        worker.finish();
        inner.callback("w");
        assertThat(seen).containsExactly(here());
    }

    @Test
    void oneExecutorAfterTheOther() throws Exception {
        Worker other = new Worker();
        try {
            Deferred<Integer> d = new Deferred<>();
            d.continueOn(worker).tap(v -> seen.add(here()));
            d.continueOn(other).tap(v -> seen.add(here()));
            d.continueOn(DIRECT).tap(v -> seen.add(here()));
            d.callback(0);
            assertThat(d.get(LIMIT)).isZero();
            assertThat(seen).containsExactly(worker.thread, other.thread, other.thread);
        } finally {
            other.end();
        }
    }

    @Test
    void itWaitsForTheExecutor() {
        Deferred<String> d = Deferred.succeed("v").continueOn(queue::add);
        assertThat(d.called()).isTrue();
        assertThat(d.outcome()).isEmpty();
        assertThat(d.waitingFor()).isPresent();
        queue.get(0).run();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        queue.get(0).run();
        assertThat(d.outcome()).as("run twice").contains(new Outcome.Success<>("v"));
    }

    @Test
    void aMissingExecutorIsRefusedAtOnce() {
        Deferred<String> d = Deferred.succeed("v");
        assertThatNullPointerException().isThrownBy(() -> d.continueOn(null)).withMessage("executor");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    // ---- executors that run at once, or refuse

    @Test
    void anExecutorThatRunsAtOnceHasWhatFollowsInItsHands() {
        List<String> held = new ArrayList<>();
        Executor holding = task -> {
            held.add("held");
            task.run();
            held.clear();
        };
        Deferred<String> d = new Deferred<>();
        d.continueOn(holding).tap(v -> seen.addAll(held));
        d.continueOn(DIRECT).tap(v -> seen.addAll(held));
        d.continueOn(holding).tap(v -> seen.addAll(held));
        d.callback("v");
        assertThat(seen).as("with the first and the third").containsExactly("held", "held");
    }

    @Test
    void aCallbackThereMayBlockForAnotherHop() {
        Deferred<String> fired = new Deferred<>();
        Deferred<String> d = fired.continueOn(DIRECT)
                .addCallback(
                        v -> Deferred.succeed(v + " and on").continueOn(worker).get(LIMIT));
        fired.callback("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v and on"));
    }

    @Test
    void aHopOfAnotherOneInBetweenDoesNotMakeHopsNest() {
        Executor noting = task -> {
            seen.add("in");
            task.run();
            seen.add("out");
        };
        Deferred<String> d = new Deferred<>();
        d.continueOn(noting)
                .tap(v -> Deferred.succeed("other").continueOn(DIRECT).called())
                .continueOn(noting)
                .tap(v -> seen.add("there"))
                .called();
        d.callback("v");
        assertThat(seen).containsExactly("in", "out", "in", "there", "out");
    }

    @Test
    void aThreadDoesNotKeepWhatHasLandedOnIt() throws Exception {
        AtomicReference<WeakReference<Object>> landed = new AtomicReference<>();
        worker.execute(
                () -> landed.set(new WeakReference<>(Deferred.succeed("v").continueOn(DIRECT))));
        worker.finish();
        for (int i = 0; i < 100 && landed.get().get() != null; i++) {
            System.gc();
        }
        assertThat(landed.get().get()).isNull();
    }

    @Test
    void anExecutorThatRefusesIsTheFailure() {
        Deferred<String> d = Deferred.succeed("v").continueOn(REFUSING);
        d.tapFailure(f -> seen.add(here()));
        assertThat(failureOf(d)).isInstanceOf(RejectedExecutionException.class);
        assertThat(seen).containsExactly(here());
        d.handle(f -> {});
    }

    @Test
    void aFailureThatMeetsARefusalIsNotLost() {
        IOException thrown = new IOException("disk");
        Deferred<String> d = Deferred.fail(thrown);
        d.continueOn(REFUSING).handle(f -> {
            assertThat(f.exception()).isInstanceOf(RejectedExecutionException.class);
            seen.add(f.handling().orElseThrow().exception());
        });
        assertThat(seen).containsExactly(thrown);
    }

    @Test
    void anExecutorThatThrowsWhenItHasRunTheTaskChangesNothing() {
        Deferred<String> d = Deferred.succeed("v").continueOn(task -> {
            task.run();
            throw new IllegalStateException("too late");
        });
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(reports.now()).isEmpty();
        assertThat(log.seen())
                .as("what it threw")
                .singleElement()
                .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("too late"));
    }

    @Test
    @SuppressWarnings("unchecked") // whoever does this is on their own
    void whoFiresWhatItWaitsForLosesNoValue() {
        Deferred<String> d = Deferred.succeed("v").onLateResult(seen::add).continueOn(queue::add);
        ((Deferred<String>) d.waitingFor().orElseThrow()).callback("meddled");
        assertThat(d.outcome()).contains(new Outcome.Success<>("meddled"));
        queue.get(0).run();
        assertThat(seen).containsExactly("v");
    }

    // ---- cancelling

    @Test
    void aCancelOnTheWayFailsItAndTheValueComesTooLate() {
        Deferred<String> d = Deferred.succeed("v").onLateResult(seen::add).continueOn(queue::add);
        d.tapFailure(f -> seen.add(here()));
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        queue.get(0).run();
        assertThat(seen).containsExactly(here(), "v");
    }

    @Test
    void aCancelOnTheWayLetsAFailureGoOn() {
        IOException thrown = new IOException("disk");
        Deferred<Object> d = Deferred.fail(thrown).onLateResult(seen::add).continueOn(queue::add);
        d.cancel();
        assertThat(failureOf(d)).isSameAs(thrown);
        queue.get(0).run();
        assertThat(seen).isEmpty();
        d.handle(f -> {});
    }

    @Test
    void aTimeOutEndsTheWaitForAnExecutorThatDropsItsTask() {
        VirtualClock clock = new VirtualClock();
        Deferred<String> d = Deferred.succeed("v").continueOn(task -> {}).addTimeout(LIMIT, clock);
        clock.advance(LIMIT);
        assertThat(failureOf(d)).isInstanceOf(TimeoutException.class);
        d.handle(f -> {});
    }

    /** The pipeline waits before the executor is called: a cancel in between takes the call back. */
    @Test
    void aCancelThatMeetsTheRunReachesTheHop() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> d = new Deferred<String>()
                .<String>addCallback(v -> {
                    begun.countDown();
                    Worker.await(cancelled);
                    return v;
                })
                .continueOn(queue::add);
        worker.execute(() -> d.callback("v"));
        Worker.await(begun);
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        worker.finish();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(queue).isEmpty();
    }

    @Test
    void aCancelAgainstTheLanding() throws Exception {
        AtomicInteger values = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        AtomicInteger cancels = new AtomicInteger();
        for (int i = 0; i < ROUNDS; i++) {
            Deferred<Integer> d = Deferred.succeed(i).onLateResult(v -> late.incrementAndGet());
            d.continueOn(worker).tap(v -> values.incrementAndGet());
            for (int spins = i & 0x1ff; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            d.cancel();
            d.addErrback(CancelledException.class, e -> cancels.incrementAndGet());
        }
        worker.finish();
        assertThat(values.get() + late.get()).isEqualTo(ROUNDS);
        assertThat(cancels.get()).isEqualTo(late.get());
        assertThat(reports.now()).isEmpty();
    }

    // ---- a million

    private static Deferred<Integer> deepRow(Executor executor) {
        Deferred<Integer> d = new Deferred<>();
        for (int i = 0; i < DEEP; i++) {
            d = d.continueOn(executor).addCallback(n -> n + 1);
        }
        return d;
    }

    @Test
    @Tag("long")
    void aMillionHopsToAnotherThread() throws Exception {
        Deferred<Integer> d = deepRow(worker);
        d.callback(0);
        assertThat(d.get(LIMIT)).isEqualTo(DEEP);
    }

    @Test
    @Tag("long")
    void aMillionHopsThatRunAtOnce() throws Exception {
        onSmallStack(() -> {
            Deferred<Integer> d = deepRow(DIRECT);
            d.callback(0);
            assertThat(d.outcome()).contains(new Outcome.Success<>(DEEP));
        });
    }

    @Test
    @Tag("long")
    void aMillionHopsThatAreRefused() throws Exception {
        onSmallStack(() -> {
            Deferred<Integer> d = new Deferred<>();
            for (int i = 0; i < DEEP; i++) {
                d.addErrback(f -> 0).continueOn(REFUSING);
            }
            d.callback(0);
            assertThat(failureOf(d)).isInstanceOf(RejectedExecutionException.class);
            d.handle(f -> {});
        });
    }

    @Test
    @Tag("long")
    void aMillionDeferredsThatHopAtOnceAndWaitForOneAnother() throws Exception {
        onSmallStack(() -> {
            Deferred<Integer> innermost = new Deferred<>();
            Deferred<Integer> outermost = innermost;
            for (int i = 0; i < DEEP; i++) {
                outermost = waitingAndHopping(outermost);
            }
            innermost.callback(1);
            assertThat(outermost.outcome()).contains(new Outcome.Success<>(1));
        });
    }

    private static Deferred<Integer> waitingAndHopping(Deferred<Integer> inner) {
        return Deferred.succeed(0).chainCallback(v -> inner).continueOn(DIRECT);
    }
}
