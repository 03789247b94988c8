// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureTest {
    private final FileNotFoundException exception = new FileNotFoundException("no such file");
    private final Failure failure = new Failure(exception);

    @Test
    void checkFindsTheTypeOrASupertype() {
        assertThat(failure.check(IOException.class)).containsSame(exception);
        assertThat(failure.check(IllegalStateException.class)).isEmpty();
        assertThat(failure.check(IllegalStateException.class, IOException.class, Exception.class))
                .contains(IOException.class);
        assertThat(failure.check(IllegalStateException.class, Error.class)).isEmpty();
    }

    @Test
    void trapGivesTheExceptionOrThrowsIt() {
        assertThat(failure.trap(IOException.class)).isSameAs(exception);
        assertThatThrownBy(() -> failure.trap(IllegalStateException.class)).isSameAs(exception);
        assertThat((Object) failure.trap(Error.class, IOException.class)).isEqualTo(IOException.class);
        assertThatThrownBy(() -> failure.trap(Error.class, IllegalStateException.class))
                .isSameAs(exception);
    }

    @Test
    void raiseThrowsTheVeryException() {
        assertThatThrownBy(failure::raise).isSameAs(exception);
    }

    @Test
    void theTraceIsReadable() {
        assertThat(failure.trace())
                .startsWith("java.io.FileNotFoundException: no such file")
                .contains("FailureTest");
        assertThat(failure).hasToString("Failure[java.io.FileNotFoundException: no such file]");
    }

    @Test
    void anExceptionWithABrokenMessageDoesNotBreakIt() {
        Failure broken = new Failure(new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(broken.toString()).contains("its toString threw java.lang.IllegalStateException");
    }

    @Test
    void aLongMessageIsCutAfterAHundredCharacters() {
        assertThat(Shown.brief("x".repeat(100))).isEqualTo("'" + "x".repeat(100) + "'");
        assertThat(Shown.brief("x".repeat(101))).isEqualTo("'" + "x".repeat(100) + "...'");
    }

    @Test
    void whatIsAttachedIsToldAndTheExceptionIsNotChanged() {
        IllegalStateException first = new IllegalStateException("the rollback failed");
        IllegalStateException second = new IllegalStateException("so did the close");
        Failure both = failure.withAttached(first).withAttached(second);
        assertThat(both.exception()).isSameAs(exception);
        assertThat(exception.getSuppressed()).isEmpty();
        assertThat(both.attached()).containsExactly(first, second);
        assertThat(failure.attached()).isEmpty();
        assertThat(both.trace())
                .startsWith("java.io.FileNotFoundException: no such file")
                .containsSubsequence(
                        "Attached: java.lang.IllegalStateException: the rollback failed",
                        "Attached: java.lang.IllegalStateException: so did the close");
    }

    @Test
    void whatIsAttachedGoesByWithTheExceptionAndKeepsWhatWasHandled() {
        Failure[] seen = new Failure[2];
        Deferred.fail(failure)
                .addErrback(f -> {
                    throw new IllegalStateException("while handling");
                })
                .tapFailure(f -> seen[0] = f.withAttached(new IOException("besides")))
                .handle(f -> {});
        Deferred.fail(seen[0])
                .addErrback(f -> f.raise())
                .tapFailure(f -> seen[1] = f)
                .handle(f -> {});
        assertThat(seen[1]).isSameAs(seen[0]);
        assertThat(seen[1].handling()).containsSame(failure);
        assertThat(seen[1].attached()).singleElement().isInstanceOf(IOException.class);
    }
}
