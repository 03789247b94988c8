// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import io.deferred.bench.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;

/**
 * Database work through Deferreds beside the same by hand.
 *
 * @param figures of each task
 */
public record JdbcBench(List<JdbcFigure> figures) {
    private static final int ROUNDS = 1_000;
    private static final int QUICK_ROUNDS = 300;

    /**
     * Measures in a JVM of its own.
     *
     * @param jvm how it is started
     * @param quick fewer rounds, for a look
     * @return the figures
     */
    public static JdbcBench measure(ChildJvm jvm, boolean quick) throws IOException, InterruptedException {
        String rounds = Integer.toString(quick ? QUICK_ROUNDS : ROUNDS);
        return new JdbcBench(jvm.run(
                "--jdbc", JdbcChild.class, List.of(), List.of(rounds), new TypeReference<List<JdbcFigure>>() {}));
    }

    /** The table. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-12s %14s %14s %8s  %s%n",
                "per second",
                "plain",
                "Deferred",
                "ratio",
                "half of the pairs of rounds"));
        for (JdbcFigure f : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-12s %14.0f %14.0f %8.3f  %.3f to %.3f%n",
                    f.task().name().toLowerCase(Locale.ROOT),
                    f.plain(),
                    f.deferred(),
                    f.ratio(),
                    f.low(),
                    f.high()));
        }
        return table.toString();
    }
}
