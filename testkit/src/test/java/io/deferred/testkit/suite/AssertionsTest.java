// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static io.deferred.testkit.DeferredTesting.assertNoResult;
import static io.deferred.testkit.DeferredTesting.failureResultOf;
import static io.deferred.testkit.DeferredTesting.successResultOf;
import static io.deferred.testkit.assertj.DeferredAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeferredExtension.class)
class AssertionsTest {
    private final Deferred<String> unfired = new Deferred<>();
    private final IOException exception = new IOException("gone");

    @Test
    void aSuccessIsTaken() {
        Deferred<String> done = Deferred.succeed("value");
        assertThat(successResultOf(done)).isEqualTo("value");
        assertThat(successResultOf(done)).as("it goes on with null").isNull();
    }

    @Test
    void noSuccessShowsTheStory() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> successResultOf(unfired))
                .withMessageContaining("no result yet")
                .withMessageContaining("AssertionsTest.java");
    }

    @Test
    void aFailureInsteadOfASuccessIsTheCauseAndHandled() {
        Deferred<String> failed = Deferred.fail(exception);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> successResultOf(failed))
                .withCause(exception)
                .withMessageContaining("it has failed: java.io.IOException: gone");
    }

    @Test
    void aFailureIsHandled() {
        Deferred<String> failed = Deferred.fail(exception);
        assertThat(failureResultOf(failed, IOException.class)).isSameAs(exception);
        assertThat(failed.outcome()).get().hasToString("Success[value=null]");
    }

    @Test
    void aFailureOfAnotherTypeIsTheCause() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> failureResultOf(Deferred.fail(exception), IllegalStateException.class))
                .withCause(exception);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> failureResultOf(Deferred.succeed("value"), IOException.class))
                .withMessageContaining("it has the result value");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> failureResultOf(unfired, IOException.class))
                .withMessageContaining("no result yet");
    }

    @Test
    void noResultLeavesTheDeferredAsItIs() {
        assertNoResult(unfired);
        unfired.callback("later");
        assertThat(successResultOf(unfired)).isEqualTo("later");
    }

    @Test
    void aResultTooEarlyIsSaidAndAFailureHandled() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertNoResult(Deferred.succeed("value")))
                .withMessageContaining("but it has value");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertNoResult(Deferred.fail(exception)))
                .withCause(exception);
    }

    @Test
    void assertThatTakesAsTheOthersDo() {
        assertThat(unfired).hasNoResult();
        Deferred<String> outer = Deferred.succeed("a").chainCallback(v -> unfired);
        assertThat(outer).waitsFor(unfired).hasNoResult();
        unfired.callback("done");
        assertThat(outer).succeededWith("done").succeededWith(null);
        assertThat(Deferred.<String>fail(exception))
                .failedWith(IOException.class)
                .hasMessage("gone");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(outer).waitsFor(unfired))
                .withMessageContaining("it waits for none");
    }
}
