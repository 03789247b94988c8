// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Finds classes with tests of the kit's engine. */
final class ClassResolver implements SelectorResolver {
    private final Predicate<String> filter;
    private final ExtensionWarnings warnings;

    ClassResolver(Predicate<String> filter, ExtensionWarnings warnings) {
        this.filter = filter;
        this.warnings = warnings;
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        Class<?> type = selector.getJavaClass();
        if (!TestClasses.isTestClass(type)) {
            return Resolution.unresolved();
        }
        return TestClasses.isInner(type)
                ? inner(DiscoverySelectors.selectClass(type.getEnclosingClass()), type, context)
                : alone(type, context);
    }

    @Override
    public Resolution resolve(NestedClassSelector selector, Context context) {
        Class<?> type = selector.getNestedClass();
        return TestClasses.isTestClass(type)
                ? inner(selectorOf(selector.getEnclosingClasses()), type, context)
                : Resolution.unresolved();
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        UniqueId.Segment last = selector.getUniqueId().getLastSegment();
        if (last.getType().equals(ClassDescriptor.SEGMENT)) {
            return ReflectionSupport.tryToLoadClass(last.getValue())
                    .toOptional()
                    .filter(TestClasses::isTestClass)
                    .map(type -> alone(type, context))
                    .orElseGet(Resolution::unresolved);
        }
        if (last.getType().equals(ClassDescriptor.INNER_SEGMENT)) {
            UniqueId outer = selector.getUniqueId().removeLastSegment();
            return resolution(context.addToParent(
                    () -> DiscoverySelectors.selectUniqueId(outer),
                    parent -> TestClasses.inner(((ClassDescriptor) parent).type()).stream()
                            .filter(type -> type.getSimpleName().equals(last.getValue()))
                            .findFirst()
                            .map(type -> ClassDescriptor.inner((ClassDescriptor) parent, type))));
        }
        return Resolution.unresolved();
    }

    /** Of a class, with the classes that it is in, the outermost first. */
    static DiscoverySelector selectorOf(List<Class<?>> types) {
        int last = types.size() - 1;
        return last == 0
                ? DiscoverySelectors.selectClass(types.get(0))
                : DiscoverySelectors.selectNestedClass(types.subList(0, last), types.get(last));
    }

    private Resolution alone(Class<?> type, Context context) {
        return filter.test(type.getName())
                ? resolution(context.addToParent(engine -> Optional.of(ClassDescriptor.of(engine, type))))
                : Resolution.unresolved();
    }

    /** Whatever its name: who has chosen the outer class has chosen this. */
    private Resolution inner(DiscoverySelector outer, Class<?> type, Context context) {
        return resolution(context.addToParent(
                () -> outer, parent -> Optional.of(ClassDescriptor.inner((ClassDescriptor) parent, type))));
    }

    private Resolution resolution(Optional<ClassDescriptor> added) {
        added.ifPresent(found -> warnings.lookAt(found.type()));
        return added.map(found -> Resolution.match(Match.exact(found, () -> children(found))))
                .orElseGet(Resolution::unresolved);
    }

    private static Set<DiscoverySelector> children(ClassDescriptor parent) {
        Class<?> type = parent.type();
        List<Class<?>> outer = parent.types().subList(0, parent.types().size() - 1);
        Set<DiscoverySelector> children = new LinkedHashSet<>();
        TestClasses.tests(type)
                .forEach(method -> children.add(
                        outer.isEmpty()
                                ? DiscoverySelectors.selectMethod(type, method)
                                : DiscoverySelectors.selectNestedMethod(outer, type, method)));
        TestClasses.inner(type)
                .forEach(inner -> children.add(DiscoverySelectors.selectNestedClass(parent.types(), inner)));
        return children;
    }
}
