// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.VirtualClock;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;

/** What a test can have as a parameter. */
final class Parameters {
    private static final Map<Class<?>, Function<TestRun, Object>> OF_RUN =
            Map.of(VirtualClock.class, TestRun::clock, Executor.class, TestRun::executor);

    private Parameters() {}

    /** Whether a run has one of exactly this type to give. */
    static boolean canGive(Class<?> type) {
        return OF_RUN.containsKey(type);
    }

    /** Returns what a run has of a type. */
    static Object give(Class<?> type, TestRun run) {
        Function<TestRun, Object> source = OF_RUN.get(type);
        if (source == null) {
            throw new IllegalArgumentException("of type " + type.getName() + " a test has nothing to give");
        }
        return source.apply(run);
    }

    /**
     * Returns arguments for a call.
     *
     * @param outer of a constructor of an inner class, the instance that it is in; null if there is none
     * @param run of the test; null outside of one, where only a TestInfo is possible
     * @throws IllegalArgumentException if there is a parameter of another type; it says what is possible
     */
    static Object[] of(Executable called, @Nullable Object outer, @Nullable TestRun run, TestInfo info) {
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : called.getParameters()) {
            Class<?> type = parameter.getType();
            if (arguments.isEmpty() && outer != null) {
                arguments.add(outer);
            } else if (type == TestInfo.class) {
                arguments.add(info);
            } else if (run != null && canGive(type)) {
                arguments.add(give(type, run));
            } else {
                throw new IllegalArgumentException("parameter " + (arguments.size() + 1) + " of " + called
                        + " is of type " + type.getName() + "; possible here: " + possible(run != null));
            }
        }
        return arguments.toArray();
    }

    private static String possible(boolean inTest) {
        TreeSet<String> names = new TreeSet<>(List.of(TestInfo.class.getName()));
        if (inTest) {
            OF_RUN.keySet().forEach(type -> names.add(type.getName()));
        }
        return String.join(", ", names);
    }
}
