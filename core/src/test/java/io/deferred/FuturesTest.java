// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FuturesTest {
    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final List<Object> seen = new ArrayList<>();

    @Test
    void aStagesValueArrives() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Deferred<String> d = Deferred.fromStage(future);
        assertThat(d.called()).isFalse();
        future.complete("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void aStagesExceptionArrivesWithoutWrappers() {
        IOException thrown = new IOException("disk");
        CompletableFuture<String> future = new CompletableFuture<>();
        Deferred<String> d = Deferred.fromStage(future.thenApply(v -> v).thenApply(v -> v));
        future.completeExceptionally(thrown);
        assertThat(failureOf(d)).isSameAs(thrown);
        d.handle(f -> {});
    }

    @Test
    void cancellingTheDeferredCancelsTheStage() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Deferred<String> d = Deferred.fromStage(future);
        assertThat(d.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(future).isCancelled();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aStageThatOthersCancelFailsWithItsOwnException() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Deferred<String> d = Deferred.fromStage(future);
        future.cancel(true);
        assertThat(failureOf(d)).isInstanceOf(CancellationException.class).isNotInstanceOf(CancelledException.class);
    }

    @Test
    void aStageThatDoesNotHeedItsCancelMayStillCompleteLate() {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        Deferred<String> d = Deferred.<String>fromStage(stubborn).onLateResult(seen::add);
        d.cancel();
        stubborn.complete("late");
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("late");
    }

    @Test
    void aFutureIsWaitedForByTheExecutor() {
        FutureTask<String> future = new FutureTask<>(() -> "v");
        List<Runnable> executor = new ArrayList<>();
        Deferred<String> d = Deferred.fromFuture(future, executor::add);
        future.run();
        assertThat(d.called()).isFalse();
        executor.get(0).run();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void aFuturesExceptionArrivesWithoutWrappers() {
        IOException thrown = new IOException("disk");
        FutureTask<String> future = new FutureTask<>(() -> {
            throw thrown;
        });
        future.run();
        Deferred<String> d = Deferred.fromFuture(future, Runnable::run);
        assertThat(failureOf(d)).isSameAs(thrown);
        d.handle(f -> {});
    }

    @Test
    void cancellingTheDeferredCancelsTheFuture() {
        FutureTask<String> future = new FutureTask<>(() -> "v");
        Deferred<String> d = Deferred.fromFuture(future, task -> {});
        d.cancel();
        assertThat(future.isCancelled()).isTrue();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
    }

    @Test
    void anExecutorThatRejectsFailsTheDeferred() {
        Deferred<String> d = Deferred.fromFuture(new FutureTask<>(() -> "v"), task -> {
            throw new RejectedExecutionException("full");
        });
        assertThat(failureOf(d)).isInstanceOf(RejectedExecutionException.class);
        d.handle(f -> {});
    }

    @Test
    void aFutureThatTellsOfItsEndNeedsNoThread() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Deferred<String> d = Deferred.fromFuture(future, task -> seen.add("executor"));
        future.complete("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(seen).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsForAFutureStaysSo() {
        FutureTask<String> never = new FutureTask<>(() -> "v");
        Deferred<String> d = Deferred.fromFuture(never, task -> {
            Thread.currentThread().interrupt();
            task.run();
            seen.add(Thread.interrupted());
        });
        assertThat(failureOf(d)).isInstanceOf(InterruptedException.class);
        assertThat(seen).containsExactly(true);
        d.handle(f -> {});
    }

    @Test
    void toCompletableFutureTakesTheResult() {
        Deferred<String> d = new Deferred<>();
        CompletableFuture<String> future = d.toCompletableFuture();
        d.callback("v");
        assertThat(future).isCompletedWithValue("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void toCompletableFutureFailsWithTheVeryException() {
        IOException thrown = new IOException("disk");
        CompletableFuture<String> future = Deferred.<String>fail(thrown).toCompletableFuture();
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
        assertThat(reports.now()).as("the future has it now").isEmpty();
    }

    @Test
    void cancellingTheFutureCancelsTheDeferred() {
        Deferred<String> d = new Deferred<>(self -> seen.add("stopped"));
        CompletableFuture<String> future = d.toCompletableFuture();
        assertThat(future.cancel(true)).isTrue();
        assertThat(seen).containsExactly("stopped");
        assertThat(future).isCancelled();
        assertThat(future.cancel(true)).as("as any future answers again").isTrue();
    }

    @Test
    void aFutureThatHasItsResultRefusesToBeCancelled() {
        CompletableFuture<String> future = Deferred.succeed("v").toCompletableFuture();
        assertThat(future.cancel(true)).isFalse();
        assertThat(future).isCompletedWithValue("v");
    }

    @Test
    void aResultThatIsInTimeIsNotLate() {
        Deferred<String> d = new Deferred<String>().onLateResult(seen::add);
        CompletableFuture<String> future = d.toCompletableFuture();
        d.callback("v");
        assertThat(future).isCompletedWithValue("v");
        assertThat(seen).isEmpty();
    }

    @Test
    void whatTheFutureDoesNotTakeAnyMoreIsLate() {
        Deferred<String> d = new Deferred<String>().onLateResult(seen::add);
        CompletableFuture<String> future = d.toCompletableFuture();
        assertThat(future.complete("mine")).isTrue();
        d.callback("late");
        assertThat(future).isCompletedWithValue("mine");
        assertThat(seen).containsExactly("late");
    }

    @Test
    void aFailureIsLateOnlyIfTheFutureDoesNotTakeItAnyMore() {
        Deferred<String> taken = new Deferred<String>().named("taken");
        CompletableFuture<String> takes = taken.toCompletableFuture();
        taken.errback(new IOException("disk"));
        assertThat(takes).isCompletedExceptionally();
        assertThat(log.seen()).isEmpty();

        Deferred<String> late = new Deferred<String>().named("late");
        CompletableFuture<String> completed = late.toCompletableFuture();
        assertThat(completed.complete("mine")).isTrue();
        late.errback(new IOException("disk"));
        assertThat(log.seen())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMessage()).contains("'late'"));
    }

    @Test
    void whatIsDerivedFromTheFutureIsAnOrdinaryOne() {
        Deferred<String> d = new Deferred<>();
        CompletableFuture<String> future = d.toCompletableFuture();
        CompletableFuture<String> derived = future.thenApply(v -> v + "!");
        CompletableFuture<String> cancelled = future.thenApply(v -> v + "?");
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(d.called()).isFalse();
        d.callback("v");
        assertThat(derived).isCompletedWithValue("v!");
    }

    @Test
    void theFutureOfACancelledDeferredIsCancelled() {
        Deferred<String> d = new Deferred<>();
        CompletableFuture<String> future = d.toCompletableFuture();
        d.cancel();
        assertThat(future).isCancelled();
    }

    @Test
    void getWaitsAndLeavesTheResult() throws Exception {
        Deferred<String> d = new Deferred<>();
        Thread firer = new Thread(() -> d.callback("v"));
        firer.start();
        assertThat(d.get(Duration.ofMinutes(1))).isEqualTo("v");
        firer.join();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void getGivesUpAndLeavesTheDeferredAlone() {
        Deferred<String> d = new Deferred<String>().named("slow");
        assertThatThrownBy(() -> d.get(Duration.ZERO))
                .isInstanceOf(java.util.concurrent.TimeoutException.class)
                .hasMessageContaining("'slow'");
        assertThat(d.called()).isFalse();
        d.callback("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void getIsInterruptible() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Deferred<String>().get(Duration.ofMinutes(1)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
