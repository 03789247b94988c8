// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.TestAbortedException;

class EndingTest {
    @Test
    void aTestEndsAsItsDeferredDoes() {
        Results results = Results.of(Endings.class);

        assertThat(results.with(Status.SUCCESSFUL))
                .containsExactly(
                        "Endings",
                        "engine",
                        "passes",
                        "passesAfterAnHour",
                        "passesWhenABodyHasEnded",
                        "passesWhenAThreadHasEnded");
        assertThat(results.failed()).containsExactly("fails", "neverEnds", "returnsNull", "throwsAtOnce");
        assertThat(results.failure("fails")).isSameAs(Thrown.by("fails"));
        assertThat(results.failure("throwsAtOnce")).isSameAs(Thrown.by("throwsAtOnce"));
        assertThat(results.failure("returnsNull"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Endings.returnsNull has returned null");
        assertThat(results.with(Status.ABORTED)).containsExactly("isAborted");
        assertThat(results.failure("isAborted")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void oneThatDoesNotEndIsCancelledAndTellsWhatItHasWaitedFor() {
        Endings.CANCELLED.set(false);

        Throwable failure = Results.of(Endings.class).failure("neverEnds");

        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Endings.neverEnds has not ended within PT0.001S")
                .hasMessageContaining("the answer")
                .hasMessageContaining(Lines.of("neverEnds"));
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(Endings.CANCELLED).isTrue();
    }
}
