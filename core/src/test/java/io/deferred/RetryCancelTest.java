// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancel, or a time-out, of an attempt, of a pause and of the whole. */
class RetryCancelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final RetriedOperation retried = new RetriedOperation();

    private final VirtualClock clock = retried.clock;
    private final List<Object> seen = retried.seen;
    private final List<Deferred<String>> attempts = retried.attempts;

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aCancelReachesTheAttempt() {
        Deferred<String> whole = Retry.upTo(3).run(clock, retried::pending);
        attempts.get(0).errback(new IOException("1"));
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class).hasNoSuppressedExceptions();
        assertThat(attempts).hasSize(2);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelEndsThePause() {
        Deferred<String> whole = Retry.upTo(3).backoff(Backoff.fixed(SECOND)).run(clock, retried::pending);
        IOException failed = new IOException("1");
        attempts.get(0).errback(failed);
        whole.cancel();
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(whole).getSuppressed()).containsExactly(failed);
        assertThat(clock.delayedCalls()).isEmpty();
        clock.advance(SECOND);
        assertThat(attempts).hasSize(1);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void noAttemptFollowsACancelWhateverItLedTo() {
        Deferred<String> whole = Retry.upTo(3).when(e -> true).run(clock, retried::stubborn);
        whole.cancel();
        IOException aborted = new IOException("aborted");
        attempts.get(0).errback(aborted);
        assertThat(failureOf(whole)).as("its own").isSameAs(aborted);
        assertThat(attempts).hasSize(1);
        Deferred<String> another = Retry.upTo(3).when(e -> true).run(clock, retried::pending);
        another.cancel();
        assertThat(failureOf(another)).isInstanceOf(CancelledException.class).hasNoSuppressedExceptions();
        assertThat(attempts).hasSize(2);
        another.handle(f -> {});
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aValueInSpiteOfTheCancelIsTheResult() {
        Deferred<String> whole = Retry.upTo(3).run(clock, retried::stubborn);
        whole.cancel();
        attempts.get(0).callback("in spite of it");
        assertValue(whole, "in spite of it");
    }

    @Test
    void eachCancelReachesTheAttemptOnce() {
        Deferred<String> cleanup = new Deferred<>(self -> seen.add("cancel cleanup"));
        Deferred<String> whole =
                Retry.upTo(3).run(clock, () -> retried.pending().chainErrback(f -> cleanup));
        whole.cancel();
        assertThat(seen).containsExactly("cancel 1");
        whole.cancel();
        assertThat(seen).containsExactly("cancel 1", "cancel cleanup");
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelFromWithinTheOperationReachesWhatItReturns() {
        List<Deferred<String>> whole = new ArrayList<>();
        whole.add(Retry.upTo(3).run(clock, () -> {
            if (!whole.isEmpty()) {
                whole.get(0).cancel();
                assertThat(seen).as("there is nothing to cancel yet").isEmpty();
            }
            return retried.pending();
        }));
        attempts.get(0).errback(new IOException("1"));
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole.get(0))).isInstanceOf(CancelledException.class);
        reports.assertNothingUnhandledBut(whole.get(0));
    }

    @Test
    void aCancelFromAnotherThreadWhileTheOperationRunsReachesWhatItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> whole = Retry.upTo(3).run(clock, () -> {
            if (!attempts.isEmpty()) {
                running.countDown();
                await(cancelled);
            }
            return retried.pending();
        });
        Thread other = new Thread(() -> attempts.get(0).errback(new IOException("1")));
        other.start();
        await(running);
        whole.cancel();
        cancelled.countDown();
        other.join(Duration.ofMinutes(1).toMillis());
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(attempts).hasSize(2);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelFromAnObserverBeginsNoOtherAttempt() {
        for (Backoff backoff : List.of(Backoff.none(), Backoff.fixed(SECOND))) {
            attempts.clear();
            List<Deferred<String>> whole = new ArrayList<>();
            whole.add(Retry.upTo(3)
                    .backoff(backoff)
                    .tapRetry(attempt -> whole.get(0).cancel())
                    .run(clock, retried::pending));
            IOException failed = new IOException("1");
            attempts.get(0).errback(failed);
            assertThat(failureOf(whole.get(0))).isInstanceOf(CancelledException.class);
            assertThat(failureOf(whole.get(0)).getSuppressed()).containsExactly(failed);
            assertThat(clock.delayedCalls()).isEmpty();
            assertThat(attempts).hasSize(1);
            reports.assertNothingUnhandledBut(whole.get(0));
        }
    }

    @Test
    void aTimeOutOfOneAttemptIsItsFailure() {
        Deferred<String> whole =
                Retry.upTo(2).run(clock, () -> retried.pending().addTimeout(SECOND, clock));
        clock.advance(SECOND);
        assertThat(seen).containsExactly("cancel 1");
        assertThat(attempts).hasSize(2);
        attempts.get(1).callback("second");
        assertValue(whole, "second");
    }

    @Test
    void aTimeOutOfTheWholeIsATimeOut() {
        Deferred<String> whole = Retry.upTo(9)
                .backoff(Backoff.fixed(Duration.ofSeconds(2)))
                .run(clock, () -> Deferred.<String>fail(new IOException("each")))
                .addTimeout(Duration.ofSeconds(5), clock);
        clock.advance(Duration.ofSeconds(5));
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
        reports.assertNothingUnhandledBut(whole);
    }
}
