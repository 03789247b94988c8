// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Deferred;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.support.hierarchical.OpenTest4JAwareThrowableCollector;
import org.junit.platform.engine.support.hierarchical.ThrowableCollector;

/**
 * What one run of a test is made of: its instance, what is run before and after it, and the test.
 *
 * @param types of the instance and of those that it lies within, the outermost first
 * @param method the test
 * @param settings of its annotations
 * @param info for parameters
 */
record SingleTest(List<Class<?>> types, Method method, Settings settings, TestInfo info) {
    /** Runs it in an order; null for the order of arming. */
    void run(@Nullable Long seed) {
        TestRun run = new TestRun(types.get(types.size() - 1).getName() + "." + method.getName(), settings, seed);
        run.begin();
        Throwable thrown = null;
        try {
            runWithin(run);
        } catch (Throwable t) {
            thrown = t;
        }
        Throwable failure = run.end(thrown);
        ThrowableCollector whole = new OpenTest4JAwareThrowableCollector();
        whole.execute(() -> throwIfAny(failure));
        whole.assertEmpty();
    }

    private static void throwIfAny(@Nullable Throwable failure) throws Throwable {
        if (failure != null) {
            throw failure;
        }
    }

    /** As Jupiter does: what comes after is run if there is an instance, whatever has failed. */
    private void runWithin(TestRun run) throws Throwable {
        List<Object> instances = instances(run);
        ThrowableCollector thrown = new OpenTest4JAwareThrowableCollector();
        thrown.execute(() -> {
            for (int i = 0; i < types.size(); i++) {
                for (Method before : Lifecycle.of(types.get(i)).beforeEach()) {
                    call(before, instances.get(i), run);
                }
            }
            Object returned = call(method, instances.get(types.size() - 1), run);
            if (method.getReturnType() != void.class) {
                run.finish((Deferred<?>) returned);
            }
        });
        for (int i = types.size() - 1; i >= 0; i--) {
            Object instance = instances.get(i);
            for (Method after : Lifecycle.of(types.get(i)).afterEach()) {
                thrown.execute(() -> call(after, instance, run));
            }
        }
        thrown.assertEmpty();
    }

    private @Nullable Object call(Method called, Object instance, TestRun run) {
        return ReflectionSupport.invokeMethod(called, instance, Parameters.of(called, null, run, info));
    }

    private List<Object> instances(TestRun run) throws Throwable {
        List<Object> instances = new ArrayList<>();
        Object outer = null;
        for (Class<?> type : types) {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            try {
                outer = constructor.newInstance(Parameters.of(constructor, outer, run, info));
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
            instances.add(outer);
        }
        return instances;
    }
}
