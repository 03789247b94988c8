// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import io.deferred.bench.scenario.Pending;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What a promise that waits for its value keeps alive: the heap that many of them need, after a collection, with the serial collector, whose figures repeat.
 *
 * @param callbacks how many each promise has
 */
record Retained(int callbacks) {
    /** As the table has them. */
    static final List<Retained> ALL = List.of(new Retained(0), new Retained(1), new Retained(3));

    private static final int LIVE = 200_000;
    private static final int TURNS = 3;
    private static final int COLLECTIONS = 2;
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    /** Without the second option the collector leaves some dead objects where they are, to save work. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1");

    String name() {
        return "retained" + callbacks;
    }

    /** In a JVM of its own. */
    Map<Library, Figure> measure(Fork fork) throws IOException, InterruptedException {
        return fork.jvm.run(
                name(),
                Retained.class,
                OPTIONS,
                Stream.concat(Stream.of(String.valueOf(callbacks)), fork.onlyNames().stream())
                        .toList(),
                new TypeReference<Map<Library, Figure>>() {});
    }

    /**
     * Measures one library after the other, and ends.
     *
     * @param args the file for the figures, the number of callbacks, and if there is anything more, the libraries to take
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Retained retained = new Retained(Integer.parseInt(args[1]));
        List<String> only = List.of(args).subList(2, args.length);
        Map<Library, Figure> figures = new EnumMap<>(Library.class);
        used(); // the first time makes objects itself
        for (Method method : Pending.class.getMethods()) {
            if (method.getDeclaringClass() == Pending.class) {
                Library library = Library.ofMethod(method.getName());
                if (only.isEmpty() || only.contains(library.name())) {
                    figures.put(library, Figure.ofBytes(retained.bytesOfEach(method)));
                }
            }
        }
        ChildJvm.answer(args, figures);
    }

    /** The least of a few turns: in the first ones classes are loaded, and other things made that stay. */
    private double bytesOfEach(Method method) throws ReflectiveOperationException {
        Pending pending = new Pending();
        @Nullable Object[] live = new @Nullable Object[LIVE];
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TURNS; i++) {
            long before = used();
            fill(live, pending, method);
            best = Math.min(best, used() - before);
            Arrays.fill(live, null);
        }
        return (double) best / LIVE;
    }

    private void fill(@Nullable Object[] live, Pending pending, Method method) throws ReflectiveOperationException {
        for (int i = 0; i < live.length; i++) {
            live[i] = method.invoke(pending, callbacks);
        }
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
