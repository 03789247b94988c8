// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

import io.deferred.bench.ChildJvm;
import io.deferred.bench.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;

/**
 * A server of ours beside the same handler written straight on its engine.
 *
 * @param jvms what each of them has measured, program by program
 */
public record HttpBench(List<List<HttpFigure>> jvms) {
    private static final int JVMS = 5;
    private static final int ROUNDS = 6;
    private static final int QUICK_JVMS = 3;
    private static final int QUICK_ROUNDS = 2;

    /**
     * Measures in several JVMs, one after the other: the compiler does not find the same code in each.
     *
     * @param jvm how they are started
     * @param quick fewer of them and fewer rounds, for a look
     * @return what they have measured
     */
    public static HttpBench measure(ChildJvm jvm, boolean quick) throws IOException, InterruptedException {
        List<String> rounds = List.of(Integer.toString(quick ? QUICK_ROUNDS : ROUNDS));
        List<List<HttpFigure>> jvms = new ArrayList<>();
        for (int i = 0; i < (quick ? QUICK_JVMS : JVMS); i++) {
            jvms.add(jvm.run("--http", HttpChild.class, List.of(), rounds, new TypeReference<List<HttpFigure>>() {}));
        }
        return new HttpBench(jvms);
    }

    /** The table: medians of the JVMs, and the lowest and the highest ratio of one. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-10s %12s %12s %8s  %-16s %12s %12s %11s %12s %8s  %s%n",
                "per second",
                "engine",
                "Deferred",
                "ratio",
                "of " + jvms.size() + " JVMs",
                "p99 engine",
                "p99 Deferred",
                "CPU engine",
                "CPU Deferred",
                "ratio",
                "of " + jvms.size() + " JVMs"));
        for (List<HttpFigure> same : Spread.transposed(jvms)) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-10s %12.0f %12.0f %s  %9.2f ms %9.2f ms %8.2f us %9.2f us %s%n",
                    same.get(0).program().name().toLowerCase(Locale.ROOT),
                    Spread.of(same, HttpFigure::engine).median(),
                    Spread.of(same, HttpFigure::deferred).median(),
                    Spread.of(same, HttpFigure::ratio),
                    Spread.of(same, HttpFigure::engineP99).median(),
                    Spread.of(same, HttpFigure::deferredP99).median(),
                    Spread.of(same, HttpFigure::engineCpu).median(),
                    Spread.of(same, HttpFigure::deferredCpu).median(),
                    Spread.of(same, HttpFigure::cpuRatio)));
        }
        return table.toString();
    }
}
