// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deferred.testkit.LeftoversError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelTest {
    @Test
    void ofTwoTestsAtATimeTheOneThatLeavesSomethingFails() {
        Results results =
                Results.of(Results.kit(List.of(selectClass(Together.Dirty.class), selectClass(Together.Clean.class)))
                        .configurationParameter("io.deferred.testkit.parallel.enabled", "true")
                        .configurationParameter("io.deferred.testkit.parallel.config.strategy", "fixed")
                        .configurationParameter("io.deferred.testkit.parallel.config.fixed.parallelism", "2"));

        assertThat(results.ended()).hasSize(5);
        assertThat(results.failed()).containsExactly("leavesInParallel");
        assertThat(results.failure("leavesInParallel"))
                .isInstanceOf(LeftoversError.class)
                .hasMessageContaining(Lines.of("leavesInParallel"));
    }
}
