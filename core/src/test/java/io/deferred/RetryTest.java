// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attempts, the pauses between them, and the policy that is made once for many runs. */
class RetryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final RetriedOperation retried = new RetriedOperation();

    private final VirtualClock clock = retried.clock;
    private final List<Object> seen = retried.seen;
    private final List<Deferred<String>> attempts = retried.attempts;

    @Test
    void theFirstValueIsTheResult() {
        Deferred<String> whole = Retry.upTo(3).run(clock, retried::pending);
        attempts.get(0).callback("value");
        assertValue(whole, "value");
        assertThat(attempts).hasSize(1);
        assertValue(attempts.get(0), null);
    }

    @Test
    void nullIsAValue() {
        assertValue(Retry.upTo(3).run(clock, () -> Deferred.succeed(null)), null);
    }

    @Test
    void anAttemptIsOverBeforeTheNextOneBegins() {
        Deferred<String> whole = Retry.upTo(3).run(clock, retried::pending);
        assertThat(attempts).hasSize(1);
        attempts.get(0).errback(new IOException("1"));
        assertThat(attempts).hasSize(2);
        attempts.get(1).callback("second");
        assertValue(whole, "second");
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void thePausesAreThoseOfTheBackoff() {
        Deferred<String> whole = Retry.upTo(4)
                .backoff(Backoff.exponential(SECOND, Duration.ofSeconds(3)))
                .run(clock, retried.failing(new IOException("each")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(seen)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6));
        assertThat(failureOf(whole)).hasMessage("each");
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void theBackoffIsToldHowManyHaveFailed() {
        Deferred<String> whole = Retry.upTo(4)
                .backoff(failed -> {
                    seen.add(failed);
                    return Duration.ZERO;
                })
                .run(clock, () -> Deferred.fail(new IOException("each")));
        assertThat(seen).as("not asked after the last attempt").containsExactly(1, 2, 3);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aPauseOfZeroDoesNotGoThroughTheScheduler() {
        Deferred<String> whole = Retry.upTo(2).run(clock, retried::pending);
        attempts.get(0).errback(new IOException("1"));
        assertThat(clock.delayedCalls()).isEmpty();
        attempts.get(1).callback("at once");
        assertValue(whole, "at once");
    }

    @Test
    void theFailureIsThatOfTheLastAttempt() {
        Deferred<String> whole = Retry.upTo(2).run(clock, retried::pending);
        Failure last = new Failure(new IOException("2"));
        attempts.get(0).errback(new IOException("1"));
        attempts.get(1).errback(last);
        assertThat(((Outcome.Failed<String>) whole.outcome().orElseThrow()).failure())
                .isSameAs(last);
        assertThat(last.handling()).isEmpty();
        assertThat(last.exception()).hasNoSuppressedExceptions();
        assertThat(attempts).hasSize(2);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void oneAttemptIsNoRetry() {
        Deferred<String> whole = Retry.upTo(1).run(clock, retried::pending);
        attempts.get(0).errback(new IOException("1"));
        assertThat(failureOf(whole)).hasMessage("1");
        whole.handle(f -> {});
    }

    @Test
    void whatTheOperationThrowsIsTheAttemptsFailure() {
        Deferred<String> whole = Retry.upTo(2).run(clock, retried.failing(new IOException("thrown")));
        assertThat(seen).hasSize(2);
        assertThat(failureOf(whole)).hasMessage("thrown");
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void nullInsteadOfADeferredIsTheAttemptsFailure() {
        Deferred<String> whole = Retry.upTo(2).run(clock, () -> null);
        assertThat(failureOf(whole))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("returned null for a Deferred");
        whole.handle(f -> {});
    }

    @Test
    void observersAreToldOfEachFailureThatAnotherAttemptFollows() {
        IOException exception = new IOException("each");
        List<Retry.Attempt> told = new ArrayList<>();
        Deferred<String> whole = Retry.upTo(3)
                .backoff(Backoff.fixed(SECOND))
                .tapRetry(told::add)
                .tapRetry(attempt -> seen.add("second observer"))
                .run(clock, () -> Deferred.fail(exception));
        assertThat(told).as("before the pause").hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(told)
                .satisfiesExactly(
                        one -> assertThat(one.number()).isEqualTo(1),
                        two -> assertThat(two.number()).isEqualTo(2))
                .allSatisfy(attempt -> {
                    assertThat(attempt.failure().exception()).isSameAs(exception);
                    assertThat(attempt.delay()).isEqualTo(SECOND);
                });
        assertThat(seen).hasSize(2);
        whole.handle(f -> {});
    }

    @Test
    void eachMethodReturnsANewOne() {
        Retry two = Retry.upTo(2);
        assertThat(two.backoff(Backoff.fixed(SECOND))).isNotSameAs(two);
        two.deadline(SECOND).when(e -> false).tapRetry(attempt -> seen.add("told"));
        Deferred<String> whole = two.run(clock, retried::pending);
        assertThat(clock.delayedCalls()).as("no deadline").isEmpty();
        attempts.get(0).errback(new IOException("1"));
        attempts.get(1).callback("second");
        assertValue(whole, "second");
        assertThat(seen).isEmpty();
    }

    @Test
    void onePolicyServesManyRuns() {
        Retry retry = Retry.upTo(2);
        Deferred<String> one = retry.run(clock, retried::pending);
        Deferred<String> other = retry.run(clock, retried::pending);
        attempts.get(0).errback(new IOException("1"));
        attempts.get(1).errback(new IOException("1"));
        attempts.get(2).callback("one");
        attempts.get(3).callback("other");
        assertValue(one, "one");
        assertValue(other, "other");
    }
}
