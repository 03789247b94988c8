// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is refused at once, and what a function or a scheduler that is wrong makes of a run. */
class RetryMisuseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final RetriedOperation retried = new RetriedOperation();

    private final VirtualClock clock = retried.clock;
    private final List<Deferred<String>> attempts = retried.attempts;

    private void assertFailsWhileHandling(Deferred<String> whole, Throwable wrong, IOException attempt) {
        Failure failure = ((Outcome.Failed<String>) whole.outcome().orElseThrow()).failure();
        assertThat(failure.exception()).isSameAs(wrong);
        assertThat(failure.handling().orElseThrow().exception()).isSameAs(attempt);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void whatOneOfItsFunctionsThrowsIsTheFailure() {
        IOException attempt = new IOException("attempt");
        Callable<Deferred<String>> operation = () -> Deferred.fail(attempt);
        IllegalStateException wrong = new IllegalStateException("wrong");
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .backoff(failed -> {
                            throw wrong;
                        })
                        .run(clock, operation),
                wrong,
                attempt);
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .when(e -> {
                            throw wrong;
                        })
                        .run(clock, operation),
                wrong,
                attempt);
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .tapRetry(told -> {
                            throw wrong;
                        })
                        .run(clock, operation),
                wrong,
                attempt);
        CancelledException cancelled = new CancelledException("a user's own");
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .tapRetry(told -> {
                            throw cancelled;
                        })
                        .run(clock, operation),
                cancelled,
                attempt);
        assertThat(cancelled).hasNoSuppressedExceptions();
    }

    @Test
    void aBackoffThatIsWrongSaysSo() {
        IOException attempt = new IOException("attempt");
        Deferred<String> none = Retry.upTo(3).backoff(failed -> null).run(clock, () -> Deferred.fail(attempt));
        assertThat(failureOf(none))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the backoff returned null");
        assertFailsWhileHandling(none, failureOf(none), attempt);
        Deferred<String> negative =
                Retry.upTo(3).backoff(failed -> SECOND.negated()).run(clock, () -> Deferred.fail(attempt));
        assertThat(failureOf(negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertFailsWhileHandling(negative, failureOf(negative), attempt);
    }

    @Test
    void aSchedulerThatIsClosedSaysSo() {
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        IOException attempt = new IOException("attempt");
        Deferred<String> whole = Retry.upTo(3).backoff(Backoff.fixed(SECOND)).run(closed, () -> Deferred.fail(attempt));
        assertThat(failureOf(whole)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertFailsWhileHandling(whole, failureOf(whole), attempt);
    }

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void badArgumentsAreRefusedAtOnce() {
        Retry retry = Retry.upTo(2);
        assertThatThrownBy(() -> Retry.upTo(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be at least one attempt, not 0");
        assertThatThrownBy(() -> retry.deadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> retry.deadline(SECOND.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> retry.on()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> retry.on((Class<IOException>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.when(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.backoff(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.tapRetry(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.deadline(SECOND).run(clock, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.run(null, retried::pending)).isInstanceOf(NullPointerException.class);
        assertThat(attempts).isEmpty();
    }
}
