// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

class ParameterTest {
    @Test
    void allThatIsMadeForATestGetsTheSameClock() {
        assertThat(Results.of(Parametered.Rightly.class).with(Status.SUCCESSFUL))
                .containsExactly("Rightly", "engine", "hasOneClock");
    }

    @Test
    void anotherTypeIsRefusedAndWhatIsPossibleIsTold() {
        Results results = Results.of(Parametered.Wrongly.class);

        assertThat(results.failed()).containsExactly("wantsText");
        assertThat(results.failure("wantsText"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter 2 of ")
                .hasMessageContaining("wantsText")
                .hasMessageContaining("is of type java.lang.String; possible here: ")
                .hasMessageContaining("io.deferred.VirtualClock")
                .hasMessageContaining("org.junit.jupiter.api.TestInfo");
    }

    @Test
    void aClassHasNoClock() {
        Results results = Results.of(Parametered.TooEarly.class);

        assertThat(results.failed()).containsExactly("TooEarly");
        assertThat(results.failure("TooEarly"))
                .hasMessageContaining(
                        "is of type io.deferred.VirtualClock; possible here: org.junit.jupiter.api.TestInfo");
    }
}
