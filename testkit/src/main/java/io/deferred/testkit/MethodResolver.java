// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Finds tests of the kit's engine. */
final class MethodResolver implements SelectorResolver {
    private final ExtensionWarnings warnings;

    MethodResolver(ExtensionWarnings warnings) {
        this.warnings = warnings;
    }

    @Override
    public Resolution resolve(MethodSelector selector, Context context) {
        return resolve(DiscoverySelectors.selectClass(selector.getJavaClass()), selector.getJavaMethod(), context);
    }

    @Override
    public Resolution resolve(NestedMethodSelector selector, Context context) {
        return resolve(
                DiscoverySelectors.selectNestedClass(selector.getEnclosingClasses(), selector.getNestedClass()),
                selector.getMethod(),
                context);
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        UniqueId.Segment last = selector.getUniqueId().getLastSegment();
        if (!last.getType().equals(MethodDescriptor.SEGMENT)) {
            return Resolution.unresolved();
        }
        UniqueId outer = selector.getUniqueId().removeLastSegment();
        return resolution(context.addToParent(
                () -> DiscoverySelectors.selectUniqueId(outer),
                parent -> TestClasses.tests(((ClassDescriptor) parent).type()).stream()
                        .filter(method -> MethodDescriptor.segmentValue(method).equals(last.getValue()))
                        .findFirst()
                        .map(method -> new MethodDescriptor((ClassDescriptor) parent, method))));
    }

    private Resolution resolve(DiscoverySelector type, Method method, Context context) {
        if (!TestClasses.isTest(method)) {
            return Resolution.unresolved();
        }
        warnings.lookAt(method);
        return resolution(context.addToParent(
                () -> type, parent -> Optional.of(new MethodDescriptor((ClassDescriptor) parent, method))));
    }

    private static Resolution resolution(Optional<MethodDescriptor> added) {
        return added.map(found -> Resolution.match(Match.exact(found))).orElseGet(Resolution::unresolved);
    }
}
