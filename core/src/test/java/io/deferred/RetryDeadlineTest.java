// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryDeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final RetriedOperation retried = new RetriedOperation();

    private final VirtualClock clock = retried.clock;
    private final List<Object> seen = retried.seen;
    private final List<Deferred<String>> attempts = retried.attempts;

    @Test
    void aPauseThatWouldLastUntilTheDeadlineIsNotBegun() {
        IOException exception = new IOException("each");
        Retry retry = Retry.upTo(10).backoff(Backoff.fixed(SECOND)).on(IOException.class);
        Deferred<String> until = retry.deadline(Duration.ofSeconds(2)).run(clock, retried.failing(exception));
        clock.advance(SECOND);
        assertThat(failureOf(until)).isSameAs(exception);
        assertThat(seen).containsExactly(Duration.ZERO, SECOND);
        until.handle(f -> {});
        seen.clear();
        Deferred<String> beyond = retry.deadline(Duration.ofMillis(2001)).run(clock, retried.failing(exception));
        clock.advance(Duration.ofSeconds(2));
        assertThat(failureOf(beyond)).isSameAs(exception);
        assertThat(seen).containsExactly(SECOND, Duration.ofSeconds(2), Duration.ofSeconds(3));
        reports.assertNothingUnhandledBut(beyond);
    }

    @Test
    void theDeadlineCutsAnAttemptWithoutPausesToo() {
        Deferred<String> whole = Retry.upTo(10).deadline(SECOND).run(clock, () -> {
            attempts.add(Deferred.succeed(""));
            return Deferred.deferLater(clock, Duration.ofMillis(400), () -> {
                throw new IOException("slow");
            });
        });
        clock.advance(Duration.ofMillis(800));
        assertThat(attempts).hasSize(3);
        clock.advance(Duration.ofMillis(200));
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
        whole.handle(f -> {});
    }

    @Test
    void theDeadlineCutsAnAttempt() {
        Deferred<String> whole = Retry.upTo(3)
                .backoff(Backoff.fixed(SECOND))
                .deadline(Duration.ofSeconds(5))
                .run(clock, retried::pending);
        attempts.get(0).errback(new IOException("1"));
        clock.advance(Duration.ofSeconds(4));
        assertThat(attempts).hasSize(2);
        clock.advance(SECOND);
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class).hasMessage("timed out after PT5S");
        clock.advance(Duration.ofMinutes(1));
        assertThat(attempts).hasSize(2);
        reports.assertNothingUnhandledBut(whole);
    }

    @Test
    void aValueInSpiteOfTheDeadlineIsTheResult() {
        Deferred<String> whole = Retry.upTo(3).deadline(SECOND).run(clock, retried::stubborn);
        clock.advance(SECOND);
        assertThat(seen).containsExactly("cancel");
        assertThat(whole.called()).isFalse();
        attempts.get(0).callback("late");
        assertValue(whole, "late");
    }

    @Test
    void theDeadlineDoesNotLimitWhatIsAddedLater() {
        Deferred<String> next = new Deferred<>();
        Deferred<String> whole = Retry.upTo(3)
                .deadline(SECOND)
                .run(clock, () -> Deferred.succeed(""))
                .chainCallback(value -> next);
        clock.advance(Duration.ofMinutes(1));
        next.callback("next");
        assertValue(whole, "next");
    }

    @Test
    void aDeadlineBeyondAllTimeIsNone() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        Deferred<String> whole =
                Retry.upTo(2).backoff(Backoff.fixed(SECOND)).deadline(forEver).run(clock, retried::pending);
        attempts.get(0).errback(new IOException("1"));
        clock.advance(SECOND);
        attempts.get(1).callback("second");
        assertValue(whole, "second");
    }
}
