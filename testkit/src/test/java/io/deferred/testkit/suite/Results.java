// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deferred.testkit.DeferredTestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/**
 * What has become of the tests of some classes.
 *
 * @param ended by method, or by class
 * @param skipped the same, with the reason
 */
record Results(Map<String, TestExecutionResult> ended, Map<String, String> skipped) {
    static Results of(Class<?>... types) {
        return of(kit(Arrays.stream(types)
                .map(type -> (DiscoverySelector) selectClass(type))
                .toList()));
    }

    static Results of(DiscoverySelector... selectors) {
        return of(kit(List.of(selectors)));
    }

    static EngineTestKit.Builder kit(List<DiscoverySelector> selectors) {
        return EngineTestKit.engine(DeferredTestEngine.ID).selectors(selectors);
    }

    static Results of(EngineTestKit.Builder kit) {
        Map<String, TestExecutionResult> ended = new TreeMap<>();
        Map<String, String> skipped = new TreeMap<>();
        for (Event event : kit.execute().allEvents().list()) {
            String name = name(event.getTestDescriptor());
            if (event.getType() == EventType.FINISHED) {
                ended.put(name, event.getRequiredPayload(TestExecutionResult.class));
            } else if (event.getType() == EventType.SKIPPED) {
                skipped.put(name, event.getRequiredPayload(String.class));
            }
        }
        return new Results(ended, skipped);
    }

    private static String name(TestDescriptor descriptor) {
        return descriptor
                .getSource()
                .map(source ->
                        source instanceof MethodSource method ? method.getMethodName() : descriptor.getDisplayName())
                .orElse("engine");
    }

    List<String> with(Status status) {
        return ended.entrySet().stream()
                .filter(each -> each.getValue().getStatus() == status)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Of methods and classes alike, by name. */
    List<String> failed() {
        return with(Status.FAILED);
    }

    Throwable failure(String name) {
        return ended.get(name).getThrowable().orElseThrow();
    }
}
