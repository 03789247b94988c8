// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.Worker.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Items that fail: what becomes of the others, and of the whole. */
class ParallelFailureTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();
    private final BegunWork work = new BegunWork(seen);
    private final List<Deferred<String>> begun = work.begun;

    private static FirstErrorException firstErrorOf(Deferred<?> whole) {
        return (FirstErrorException) failureOf(whole);
    }

    @Test
    void theFirstFailureStopsTheMapWhenAllHaveEnded() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2, 3), 3, work::stubborn);
        Failure failure = new Failure(new IOException("broken"));
        begun.get(1).errback(failure);
        assertThat(seen).containsExactlyInAnyOrder("cancel 0", "cancel 2");
        begun.get(0).callback("in spite of it");
        assertThat(whole.called()).as("number 2 is still running").isFalse();
        begun.get(2).errback(new CancelledException("stopped"));
        FirstErrorException first = firstErrorOf(whole);
        assertThat(first.index()).isEqualTo(1);
        assertThat(first.failure()).isSameAs(failure);
        assertThat(first).hasCause(failure.exception()).hasNoSuppressedExceptions();
        assertThat(begun).as("number 3 was not begun").hasSize(3);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void laterFailuresAreKeptAndUsersExceptionsUnchanged() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 3, work::stubborn);
        IOException first = new IOException("first");
        IOException later = new IOException("later");
        begun.get(2).errback(first);
        begun.get(0).errback(later);
        begun.get(1).errback(new CancellationException("of a future, for instance"));
        assertThat(failureOf(whole).getSuppressed()).containsExactly(later);
        assertThat(firstErrorOf(whole).index()).isEqualTo(2);
        assertThat(first).hasNoSuppressedExceptions();
        assertThat(later).hasNoSuppressedExceptions();
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancellationThatIsNotOursIsAFailureLikeAnyOther() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1), 2, work::pending);
        begun.get(1).cancel();
        assertThat(firstErrorOf(whole).index()).isEqualTo(1);
        assertThat(failureOf(whole)).hasCauseInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("cancel 1", "cancel 0");
        whole.handle(f -> {});
    }

    @Test
    void whatTheFunctionThrowsIsTheItemsFailure() {
        IOException thrown = new IOException("thrown");
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 1, item -> {
            seen.add(item);
            if (item == 1) {
                throw thrown;
            }
            return Deferred.succeed("");
        });
        assertThat(failureOf(whole)).hasCause(thrown);
        assertThat(firstErrorOf(whole).index()).isEqualTo(1);
        assertThat(seen).containsExactly(0, 1);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void nullInsteadOfADeferredIsTheItemsFailure() {
        Deferred<List<String>> whole = Parallel.map(List.of(0), 1, item -> null);
        assertThat(failureOf(whole)).hasCauseInstanceOf(NullPointerException.class);
        assertThat(failureOf(whole).getCause()).hasMessageContaining("returned null for a Deferred");
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void outcomesGoOnAfterFailures() {
        IOException failed = new IOException("failed");
        IOException thrown = new IOException("thrown");
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(Arrays.asList("a", null, "c"), 1, item -> {
            if (item == null) {
                throw thrown;
            }
            return work.pending(item);
        });
        begun.get(0).errback(failed);
        begun.get(1).callback("C");
        assertThat(((Outcome.Success<List<Outcome<String>>>) whole.outcome().orElseThrow()).value())
                .satisfiesExactly(
                        a -> assertThat(((Outcome.Failed<String>) a).failure().exception())
                                .isSameAs(failed),
                        b -> assertThat(((Outcome.Failed<String>) b).failure().exception())
                                .isSameAs(thrown),
                        c -> assertThat(c.unwrap()).isEqualTo("C"));
        assertThat(seen).as("cancels").isEmpty();
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aDeferredThatIsReturnedTwiceFailsTheSecondItem() {
        Deferred<String> shared = Deferred.succeed("one");
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(List.of(0, 1), 1, item -> shared);
        List<Outcome<String>> outcomes =
                ((Outcome.Success<List<Outcome<String>>>) whole.outcome().orElseThrow()).value();
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>("one"));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aFailureWhileAnotherThreadIsInTheFunctionReachesWhatItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 2, item -> {
            if (item == 2) {
                running.countDown();
                await(failed);
            }
            return work.pending(item);
        });
        Thread other = new Thread(() -> begun.get(0).callback("0"));
        other.start();
        await(running);
        begun.get(1).errback(new IOException("meanwhile"));
        failed.countDown();
        other.join(Duration.ofMinutes(1).toMillis());
        assertThat(seen).containsExactly("cancel 2");
        assertThat(firstErrorOf(whole).index()).isEqualTo(1);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aFailureReachesWhatIsUnderWayOnce() {
        Deferred<String> cleanup = work.pending("cleanup");
        Deferred<String> broken = new Deferred<>();
        Deferred<List<String>> whole = Parallel.map(
                List.of(0, 1),
                2,
                item -> item == 1
                        ? broken
                        : new Deferred<String>(self -> seen.add("cancel 0")).chainErrback(f -> cleanup));
        broken.errback(new IOException("broken"));
        assertThat(seen).containsExactly("cancel 0");
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0", "cancel cleanup");
        assertThat(firstErrorOf(whole).index())
                .as("the failure came before the cancel")
                .isEqualTo(1);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void timeOutsOfTheItemsAreTheirFailures() {
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(
                List.of(1, 2), 2, seconds -> work.pending(seconds).addTimeout(Duration.ofSeconds(seconds), clock));
        clock.advance(Duration.ofSeconds(2));
        assertThat(((Outcome.Success<List<Outcome<String>>>) whole.outcome().orElseThrow()).value())
                .hasSize(2)
                .allSatisfy(outcome -> assertThatThrownBy(outcome::unwrap).isInstanceOf(TimeoutException.class));
    }
}
