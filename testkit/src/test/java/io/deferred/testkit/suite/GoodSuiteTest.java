// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class GoodSuiteTest {
    @Test
    void passesAgainAndAgain() {
        passes(20);
    }

    @Test
    @Tag("slow") // a minute
    void passesAThousandTimes() {
        passes(1000);
    }

    private static void passes(int times) {
        for (int i = 0; i < times; i++) {
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(GoodTests.class))
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", String.valueOf(i % 2 == 1))
                    .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                    .execute();
            List<String> failed = results.allEvents().failed().stream()
                    .map(event -> event.getTestDescriptor().getDisplayName() + ": " + LeftoversTest.thrownBy(event))
                    .toList();
            assertThat(failed).as("time %d", i + 1).isEmpty();
            assertThat(results.testEvents().succeeded().count()).isEqualTo(22);
        }
    }
}
