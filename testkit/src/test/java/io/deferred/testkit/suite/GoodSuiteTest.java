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
            String parallel = String.valueOf(i % 2 == 1);
            long passed = passed("junit-jupiter", "junit.jupiter.execution.parallel.enabled", parallel)
                    + passed("deferred-testkit", "io.deferred.testkit.parallel.enabled", parallel);
            assertThat(passed).as("time %d", i + 1).isEqualTo(13);
        }
    }

    private static long passed(String engine, String parallelism, String parallel) {
        EngineExecutionResults results = EngineTestKit.engine(engine)
                .selectors(selectClass(GoodSuite.class))
                .configurationParameter(parallelism, parallel)
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .execute();
        List<String> failed = results.allEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName() + ": " + LeftoversTest.thrownBy(event))
                .toList();
        assertThat(failed).isEmpty();
        return results.testEvents().succeeded().count();
    }
}
