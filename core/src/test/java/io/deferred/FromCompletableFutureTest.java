// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code and the statements of docs/completablefuture.md. */
class FromCompletableFutureTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<String> printed = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    private static <T> T valueOf(Deferred<T> deferred) throws Exception {
        return deferred.get(MINUTE);
    }

    @Test
    void callbacksAreOnePipeline() {
        // #region pipeline
        Deferred<Integer> price = new Deferred<>();
        price.addCallback(p -> p + 1).addCallback(p -> p * 2).consume(p -> print("to pay: " + p));
        price.callback(20); // to pay: 42
        // #endregion
        assertThat(printed).containsExactly("to pay: 42");
    }

    @Test
    void aForkIsForASecondReader() {
        // #region fork
        Deferred<Integer> price = new Deferred<>();
        price.fork().addCallback(p -> p + 1).consume(p -> print("with postage: " + p));
        price.consume(p -> print("price: " + p));
        price.callback(20);
        // #endregion
        assertThat(printed).containsExactly("with postage: 21", "price: 20");
    }

    @Test
    void aCancelReachesTheOperation() {
        // #region cancel
        Deferred<String> answer = new Deferred<>(asked -> print("the request is taken back"));
        Deferred<Integer> page =
                Deferred.succeed("question").chainCallback(q -> answer).addCallback(String::length);
        page.cancel(); // the request is taken back
        // #endregion
        page.addErrback(CancelledException.class, cancelled -> 0);
        assertThat(printed).containsExactly("the request is taken back");

        CompletableFuture<String> future = new CompletableFuture<>();
        future.thenApply(String::length).cancel(true);
        assertThat(future).isNotDone();
    }

    @Test
    void aTimeOutReachesItToo() {
        VirtualClock clock = new VirtualClock();
        Deferred<String> answer = new Deferred<>(asked -> print("taken back"));
        Deferred<Integer> page = answer.addCallback(String::length).addTimeout(MINUTE, clock, (outcome, timeout) -> -1);
        clock.advance(MINUTE);
        assertThat(page.outcome()).contains(new Outcome.Success<>(-1));
        assertThat(printed).containsExactly("taken back");
    }

    @Test
    void stepsGiveTheSame() throws Exception {
        CompletableFuture<String> future = CompletableFuture.completedFuture("abc")
                .thenApply(String::length)
                .thenCompose(n -> CompletableFuture.completedFuture(n * 2))
                .thenCombine(CompletableFuture.completedFuture(4), Integer::sum)
                .handle((value, error) -> value + " or " + error);
        Deferred<String> deferred = Join.of(
                        Deferred.succeed("abc").addCallback(String::length).chainCallback(n -> Deferred.succeed(n * 2)),
                        Deferred.succeed(4),
                        Integer::sum)
                .addBoth(outcome -> ((Outcome.Success<Integer>) outcome).value() + " or null");
        assertThat(valueOf(deferred)).isEqualTo(future.join()).isEqualTo("10 or null");
    }

    @Test
    void recoveriesGiveTheSame() throws Exception {
        CompletableFuture<Integer> future = CompletableFuture.<Integer>failedFuture(new IOException("disk"))
                .exceptionally(error -> error.getMessage().length());
        Deferred<Integer> deferred = Deferred.<Integer>fail(new IOException("disk"))
                .addErrback(IOException.class, error -> error.getMessage().length());
        assertThat(valueOf(deferred)).isEqualTo(future.join()).isEqualTo(4);
    }

    @Test
    void theExceptionIsTheOneThatWasThrown() {
        IOException thrown = new IOException("disk");
        CompletableFuture<Integer> future =
                CompletableFuture.<String>failedFuture(thrown).thenApply(String::length);
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(thrown);
        Deferred<Integer> deferred = Deferred.<String>fail(thrown).addCallback(String::length);
        assertThatThrownBy(() -> valueOf(deferred)).isSameAs(thrown);
        deferred.handle(failure -> {});
    }

    @Test
    void ofManyThereAreTheValuesOrTheFirst() throws Exception {
        assertThat(valueOf(Deferred.gatherResults(Deferred.succeed(1), Deferred.succeed(2))))
                .containsExactly(1, 2);
        Deferred<Integer> slow = new Deferred<>(self -> print("cancelled"));
        assertThat(valueOf(Deferred.race(List.of(slow, Deferred.succeed(2)))).value())
                .isEqualTo(2);
        assertThat(printed).containsExactly("cancelled");
    }

    @Test
    void aSecondResultIsAnError() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        future.complete(1);
        assertThat(future.complete(2)).isFalse();
        Deferred<Integer> deferred = new Deferred<>();
        deferred.callback(1);
        assertThatThrownBy(() -> deferred.callback(2)).isInstanceOf(AlreadyCalledException.class);
    }

    @Test
    void aFailureThatNobodyHandlesIsReported() {
        Deferred.fail(new IOException("disk"));
        assertThat(reports.now())
                .singleElement()
                .satisfies(report -> assertThat(report.failure().exception()).hasMessage("disk"));
    }
}
