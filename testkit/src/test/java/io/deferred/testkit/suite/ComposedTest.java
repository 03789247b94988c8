// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoveryIssue;

class ComposedTest {
    private final Results results = Results.of(Composed.class);

    @Test
    void anAnnotationOfAnAnnotationCounts() {
        assertThat(results.failure("hasOneMillisecond")).hasMessageContaining("has not ended within PT0.001S");
    }

    @Test
    void theSeedIsToldWhateverWasThrown() {
        Throwable failure = results.failure("throwsWhatCannotTellOfMore");

        assertThat(failure).hasMessageContaining("@Schedules(seed = 5L)");
        assertThat(failure.getSuppressed())
                .singleElement()
                .hasToString("io.deferred.testkit.suite.Composed$Mute: it has nothing to say besides");
    }

    @Test
    void aTimeoutOfJupitersIsWarnedOf() {
        assertThat(Results.kit(List.of(selectClass(Composed.Timed.class)))
                        .discover()
                        .getDiscoveryIssues())
                .singleElement()
                .extracting(DiscoveryIssue::message)
                .asString()
                .contains("hasATimeoutOfJupiters()", "@TimeLimit");
    }
}
