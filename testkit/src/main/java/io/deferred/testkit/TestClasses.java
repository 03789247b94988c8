// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Deferred;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** What of a program is a test of the kit's engine. What looks like one and cannot be run is one too: it fails, and says why. */
final class TestClasses {
    private TestClasses() {}

    static boolean isTestClass(Class<?> type) {
        return !type.isInterface()
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && ModifierSupport.isNotAbstract(type)
                && (!tests(type).isEmpty() || !inner(type).isEmpty());
    }

    static boolean isInner(Class<?> type) {
        return type.isMemberClass() && ModifierSupport.isNotStatic(type);
    }

    static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, DeferredTest.class)
                || AnnotationSupport.isAnnotated(method, Schedules.class);
    }

    static List<Method> tests(Class<?> type) {
        return ReflectionSupport.findMethods(type, TestClasses::isTest, HierarchyTraversalMode.TOP_DOWN);
    }

    /** The test classes whose instances lie within those of this one. */
    static List<Class<?>> inner(Class<?> type) {
        return ReflectionSupport.findNestedClasses(type, TestClasses::isInner).stream()
                .filter(TestClasses::isTestClass)
                .toList();
    }

    /** What makes it impossible to run the tests of a class. */
    static List<String> problems(Class<?> type) {
        List<String> problems = Lifecycle.of(type).problems();
        if (ModifierSupport.isPrivate(type)) {
            problems.add(type.getName() + " is private; make it visible");
        }
        if (isInner(type) && !AnnotationSupport.isAnnotated(type, Nested.class)) {
            problems.add(type.getName() + " is an inner class without @Nested; add that, or make it static");
        }
        if (type.getDeclaredConstructors().length != 1) {
            problems.add(type.getName() + " has " + type.getDeclaredConstructors().length
                    + " constructors, and nothing says which one is to be called; leave one");
        }
        return problems;
    }

    /** What makes it impossible to run a test. */
    static List<String> problems(Method method) {
        List<String> problems = new ArrayList<>();
        boolean isVoid = method.getReturnType() == void.class;
        if (isVoid && AnnotationSupport.isAnnotated(method, DeferredTest.class)) {
            problems.add(method + " is a @DeferredTest, and has to return a Deferred; a test that is void is a @Test");
        } else if (!isVoid && !Deferred.class.isAssignableFrom(method.getReturnType())) {
            problems.add(method + " has to return a Deferred, or nothing");
        }
        if (AnnotationSupport.isAnnotated(method, Test.class)) {
            problems.add(method + " is a @Test too, which Jupiter runs once; leave that away");
        }
        if (ModifierSupport.isPrivate(method)) {
            problems.add(method + " is private; make it visible");
        }
        if (ModifierSupport.isStatic(method)) {
            problems.add(method + " is static; make it an instance method");
        }
        return problems;
    }

    /** Throws if there are any. */
    static void check(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
    }
}
