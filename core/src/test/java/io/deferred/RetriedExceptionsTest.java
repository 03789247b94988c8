// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which exceptions another attempt follows. */
class RetriedExceptionsTest {
    @RegisterExtension
    final RetriedOperation retried = new RetriedOperation();

    private final VirtualClock clock = retried.clock;
    private final List<Object> seen = retried.seen;

    private int attemptsAfter(Retry retry, Throwable exception) {
        seen.clear();
        Deferred<String> whole = retry.run(clock, () -> {
            seen.add("attempt");
            return Deferred.fail(exception);
        });
        assertThat(failureOf(whole)).isSameAs(exception);
        whole.handle(f -> {});
        return seen.size();
    }

    @Test
    void exceptionsAreTriedAgainButNeitherErrorsNorCancellationsNorInterrupts() {
        Retry usual = Retry.upTo(3);
        assertThat(attemptsAfter(usual, new IOException())).isEqualTo(3);
        assertThat(attemptsAfter(usual, new IllegalStateException())).isEqualTo(3);
        assertThat(attemptsAfter(usual, new TimeoutException())).isEqualTo(3);
        assertThat(attemptsAfter(usual, new CancellationException())).isEqualTo(1);
        assertThat(attemptsAfter(usual, new CancelledException("cancelled"))).isEqualTo(1);
        assertThat(attemptsAfter(usual, new InterruptedException())).isEqualTo(1);
        assertThat(attemptsAfter(usual, new AssertionError())).isEqualTo(1);
        assertThat(attemptsAfter(usual, new Throwable())).isEqualTo(1);
    }

    @Test
    void onNamesTheTypes() {
        Retry some = Retry.upTo(2).on(IOException.class, AssertionError.class);
        assertThat(attemptsAfter(some, new FileNotFoundException())).isEqualTo(2);
        assertThat(attemptsAfter(some, new AssertionError())).isEqualTo(2);
        assertThat(attemptsAfter(some, new IllegalStateException())).isEqualTo(1);
        assertThat(attemptsAfter(Retry.upTo(2).on(CancellationException.class), new CancellationException()))
                .isEqualTo(2);
    }

    @Test
    void whenDecidesByTheException() {
        Retry some = Retry.upTo(2).when(e -> "again".equals(e.getMessage()));
        assertThat(attemptsAfter(some, new IOException("again"))).isEqualTo(2);
        assertThat(attemptsAfter(some, new Error("again"))).isEqualTo(2);
        assertThat(attemptsAfter(some, new IOException("never again"))).isEqualTo(1);
    }

    @Test
    void theLastOfOnAndWhenHolds() {
        assertThat(attemptsAfter(Retry.upTo(2).when(e -> true).on(IOException.class), new Exception()))
                .isEqualTo(1);
        assertThat(attemptsAfter(Retry.upTo(2).on(IOException.class).when(e -> true), new Exception()))
                .isEqualTo(2);
    }
}
