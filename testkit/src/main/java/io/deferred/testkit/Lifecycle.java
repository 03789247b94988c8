// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;

/**
 * The methods of a class, and of its superclasses, that are run around its tests, in the order in which they are run: Jupiter's.
 *
 * @param beforeAll those of superclasses first
 * @param beforeEach those of superclasses first
 * @param afterEach those of superclasses last
 * @param afterAll those of superclasses last
 */
record Lifecycle(List<Method> beforeAll, List<Method> beforeEach, List<Method> afterEach, List<Method> afterAll) {
    static Lifecycle of(Class<?> type) {
        return new Lifecycle(
                methods(type, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN),
                methods(type, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN),
                methods(type, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP),
                methods(type, AfterAll.class, HierarchyTraversalMode.BOTTOM_UP));
    }

    private static List<Method> methods(
            Class<?> type, Class<? extends Annotation> annotation, HierarchyTraversalMode order) {
        return AnnotationSupport.findAnnotatedMethods(type, annotation, order);
    }

    /** What makes them impossible to run. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Stream.concat(beforeAll.stream(), afterAll.stream())
                .filter(ModifierSupport::isNotStatic)
                .forEach(method -> problems.add(
                        method + " is not static, but each test has an instance of its own; make it static"));
        Stream.concat(beforeEach.stream(), afterEach.stream())
                .filter(ModifierSupport::isStatic)
                .forEach(method -> problems.add(method + " is static; make it an instance method"));
        Stream.of(beforeAll, beforeEach, afterEach, afterAll)
                .flatMap(List::stream)
                .forEach(method -> {
                    if (ModifierSupport.isPrivate(method)) {
                        problems.add(method + " is private; make it visible");
                    }
                    if (method.getReturnType() != void.class) {
                        problems.add(
                                method + " returns a " + method.getReturnType().getSimpleName()
                                        + ", which nobody would look at; make it void");
                    }
                });
        return problems;
    }
}
