// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.Ends.failureOf;
import static io.deferred.Worker.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancel of the whole, and what it reaches. */
class ParallelCancelTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();
    private final BegunWork work = new BegunWork(seen);
    private final List<Deferred<String>> begun = work.begun;

    @Test
    void aCancelReachesAllThatAreUnderWayAndBeginsNoOther() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 2, work::stubborn);
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(seen).containsExactly("cancel 0", "cancel 1");
        begun.get(0).errback(new CancelledException("stopped"));
        assertThat(whole.called()).as("number 1 is still running").isFalse();
        begun.get(1).callback("in spite of it");
        assertThat(failureOf(whole))
                .isExactlyInstanceOf(CancelledException.class)
                .hasNoSuppressedExceptions();
        assertThat(begun).hasSize(2);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelledMapKeepsTheFailuresThatAreNotItsDoing() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1), 2, work::stubborn);
        whole.named("work").cancel();
        IOException failed = new IOException("at the same time");
        begun.get(1).errback(failed);
        begun.get(0).errback(new CancelledException("stopped"));
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class).hasMessage("'work' was cancelled");
        assertThat(failureOf(whole).getSuppressed()).containsExactly(failed);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void cancelledOutcomesKeepTheFailuresSoFar() {
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(List.of(0, 1), 1, work::pending);
        IOException failed = new IOException("before");
        begun.get(0).errback(failed);
        whole.cancel();
        assertThat(seen).containsExactly("cancel 1");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(whole).getSuppressed()).containsExactly(failed);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void ifAllHaveAValueInSpiteOfTheCancelThereIsAList() {
        Deferred<List<String>> map = Parallel.map(List.of(0), 1, work::stubborn);
        Deferred<List<Outcome<String>>> outcomes = Parallel.outcomes(List.of(1), 1, work::stubborn);
        map.cancel();
        outcomes.cancel();
        begun.get(0).callback("0");
        begun.get(1).callback("1");
        assertValue(map, List.of("0"));
        assertValue(outcomes, List.of(new Outcome.Success<>("1")));
    }

    @Test
    void aCancelFromWithinTheFunctionReachesWhatItReturns() {
        List<Deferred<List<String>>> whole = new ArrayList<>();
        whole.add(Parallel.map(List.of(0, 1, 2), 1, item -> {
            if (item == 1) {
                whole.get(0).cancel();
                assertThat(seen).as("there is nothing to cancel yet").isEmpty();
            }
            return work.pending(item);
        }));
        begun.get(0).callback("0");
        assertThat(seen).containsExactly("cancel 1");
        assertThat(failureOf(whole.get(0))).isInstanceOf(CancelledException.class);
        reports.assertNothingUnhandledBut(whole.get(0));
    }

    @Test
    void aCancelFromAnotherThreadWhileTheFunctionRunsReachesWhatItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1), 1, item -> {
            if (item == 1) {
                running.countDown();
                await(cancelled);
            }
            return work.pending(item);
        });
        Thread other = new Thread(() -> begun.get(0).callback("0"));
        other.start();
        await(running);
        whole.cancel();
        whole.cancel();
        cancelled.countDown();
        other.join(Duration.ofMinutes(1).toMillis());
        assertThat(seen).containsExactly("cancel 1");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void eachCancelReachesWhatIsUnderWayOnce() {
        Deferred<String> cleanup = work.pending("cleanup");
        Deferred<List<String>> whole = Parallel.map(
                List.of(0),
                1,
                item -> new Deferred<String>(self -> seen.add("cancel " + item)).chainErrback(f -> cleanup));
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0");
        assertThat(whole.called()).as("the cleanup is under way").isFalse();
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0", "cancel cleanup");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        reports.assertNothingUnhandledBut(whole);
    }

    /** The failure that a cancel has led to is no second reason to cancel. */
    @Test
    void aFailureBecauseOfTheCancelReachesNobodyElse() {
        Deferred<String> cleanup = work.pending("cleanup");
        Deferred<List<String>> whole = Parallel.map(
                List.of(0, 1),
                2,
                item -> item == 0
                        ? new Deferred<String>(self -> seen.add("cancel 0")).chainErrback(f -> cleanup)
                        : new Deferred<>(self -> self.errback(new IOException("aborted"))));
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0");
        cleanup.callback("cleaned up");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(whole).getSuppressed())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("aborted"));
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelAfterTheEndGoesToWhatTheWholeWaitsForThen() {
        Deferred<String> next = work.pending("next");
        Deferred<String> whole = Parallel.map(List.of(0), 1, work::pending).chainCallback(values -> next);
        begun.get(1).callback("0");
        whole.cancel();
        assertThat(seen).containsExactly("cancel next");
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aTimeOutOfTheWholeCancelsAllAndIsATimeOut() {
        Deferred<List<String>> whole =
                Parallel.map(List.of(0, 1, 2), 2, work::pending).addTimeout(Duration.ofSeconds(5), clock);
        clock.advance(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("cancel 0", "cancel 1");
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
        assertThat(clock.delayedCalls()).isEmpty();
        reports.assertNothingUnhandledBut(whole);
    }
}
