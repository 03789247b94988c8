// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

import io.deferred.bench.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;

/**
 * A server of ours beside the same handler written straight on its engine.
 *
 * @param figures of each program that loads them
 */
public record HttpBench(List<HttpFigure> figures) {
    private static final int ROUNDS = 15;
    private static final int QUICK_ROUNDS = 5;

    /**
     * Measures in a JVM of its own.
     *
     * @param jvm how it is started
     * @param quick fewer rounds, for a look
     * @return the figures
     */
    public static HttpBench measure(ChildJvm jvm, boolean quick) throws IOException, InterruptedException {
        String rounds = Integer.toString(quick ? QUICK_ROUNDS : ROUNDS);
        return new HttpBench(jvm.run(
                "--http", HttpChild.class, List.of(), List.of(rounds), new TypeReference<List<HttpFigure>>() {}));
    }

    /** The table. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-8s %12s %12s %8s  %-28s %12s %12s %11s %12s%n",
                "per second",
                "engine",
                "Deferred",
                "ratio",
                "half of the pairs of rounds",
                "p99 engine",
                "p99 Deferred",
                "CPU engine",
                "CPU Deferred"));
        for (HttpFigure f : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-10s %12.0f %12.0f %8.3f  %-28s %9.2f ms %9.2f ms %8.2f us %9.2f us%n",
                    f.program().name().toLowerCase(Locale.ROOT),
                    f.engine(),
                    f.deferred(),
                    f.ratio(),
                    String.format(Locale.ROOT, "%.3f to %.3f", f.low(), f.high()),
                    f.engineP99(),
                    f.deferredP99(),
                    f.engineCpu(),
                    f.deferredCpu()));
        }
        return table.toString();
    }
}
