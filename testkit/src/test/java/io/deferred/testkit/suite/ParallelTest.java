// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deferred.testkit.LeftoversError;
import io.deferred.testkit.VirtualTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.Node;

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

    @Test
    void aTestThatDisturbsOthersIsNotRunBesideThem() {
        Map<String, Node<?>> nodes = new HashMap<>();
        Results.kit(List.of(selectClass(Together.Careful.class)))
                .discover()
                .getEngineDescriptor()
                .getDescendants()
                .forEach(each -> nodes.put(each.getDisplayName(), (Node<?>) each));

        assertThat(nodes.get("staysOnItsThread()").getExecutionMode()).isEqualTo(Node.ExecutionMode.SAME_THREAD);
        assertThat(nodes.get("doesNotCare()").getExecutionMode()).isEqualTo(Node.ExecutionMode.CONCURRENT);
        assertThat(nodes.get("doesNotCare()").getExclusiveResources()).isEmpty();
        assertThat(nodes.get("measuresAges()").getExclusiveResources())
                .containsExactly(
                        new ExclusiveResource(VirtualTime.class.getName(), ExclusiveResource.LockMode.READ_WRITE));
    }
}
