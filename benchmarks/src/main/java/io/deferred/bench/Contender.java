// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** One library's method of a scenario, ready to be run, and the figures of its bursts. */
final class Contender {
    final Library library;
    final Scenario scenario;
    private final Op op;
    private final Burst loop = BurstLoop.copy();

    private Contender(Library library, Scenario scenario, Op op) {
        this.library = library;
        this.scenario = scenario;
        this.op = op;
    }

    /** Those of this scenario, in the order of {@link Library}; each has an instance of its own. */
    static List<Contender> of(Class<? extends Scenario> type) {
        return Arrays.stream(type.getMethods())
                .filter(m -> m.isAnnotationPresent(Benchmark.class))
                .map(Contender::of)
                .sorted(Comparator.comparing((Contender c) -> c.library))
                .toList();
    }

    private static Contender of(Method method) {
        Library library = Library.ofMethod(method.getName());
        try {
            Scenario scenario = (Scenario)
                    method.getDeclaringClass().getDeclaredConstructor().newInstance();
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle handle = lookup.unreflect(method);
            MethodType erased = MethodType.methodType(Object.class);
            Op op = (Op) LambdaMetafactory.metafactory(
                            lookup,
                            "run",
                            MethodType.methodType(Op.class, method.getDeclaringClass()),
                            erased,
                            handle,
                            erased)
                    .getTarget()
                    .invoke(scenario);
            return new Contender(library, scenario, op);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make an operation of " + method, e);
        }
    }

    /**
     * Runs it so many times.
     *
     * @throws AssertionError if it gives the wrong result, or throws
     */
    void run(int times) {
        try {
            loop.run(op, scenario.expected(), times);
        } catch (Throwable t) {
            throw new AssertionError(scenario.getClass().getSimpleName() + "." + library + " went wrong: " + t, t);
        }
    }
}
