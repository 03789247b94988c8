// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;

/** What is told to a test, or to a method around all tests of a class, about itself. */
record ShownInfo(TestDescriptor of, Class<?> type, @Nullable Method method) implements TestInfo {
    @Override
    public String getDisplayName() {
        return of.getDisplayName();
    }

    @Override
    public Set<String> getTags() {
        return of.getTags().stream().map(TestTag::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Optional<Class<?>> getTestClass() {
        return Optional.of(type);
    }

    @Override
    public Optional<Method> getTestMethod() {
        return Optional.ofNullable(method);
    }
}
