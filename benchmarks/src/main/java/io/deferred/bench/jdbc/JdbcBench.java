// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import io.deferred.bench.ChildJvm;
import io.deferred.bench.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;

/**
 * Database work through Deferreds beside the same by hand.
 *
 * @param jvms what each of them has measured, task by task
 */
public record JdbcBench(List<List<JdbcFigure>> jvms) {
    /** H2, in the JVM that measures. */
    public static final String IN_MEMORY = "jdbc:h2:mem:bench;LOCK_TIMEOUT=60000;DB_CLOSE_DELAY=-1";

    private static final int JVMS = 7;
    private static final int ROUNDS = 400;
    private static final int QUICK_JVMS = 3;
    private static final int QUICK_ROUNDS = 200;

    /** For those that are not in memory: an operation takes tens of times as long. */
    private static final int FEWER = 10;

    /**
     * Measures in several JVMs, one after the other: the compiler does not find the same code in each.
     *
     * @param jvm how they are started
     * @param url of the database
     * @param quick fewer of them and fewer rounds, for a look
     * @return what they have measured
     */
    public static JdbcBench measure(ChildJvm jvm, String url, boolean quick) throws IOException, InterruptedException {
        int rounds = (quick ? QUICK_ROUNDS : ROUNDS) / (url.equals(IN_MEMORY) ? 1 : FEWER);
        List<String> arguments = List.of(Integer.toString(rounds), url);
        List<List<JdbcFigure>> jvms = new ArrayList<>();
        for (int i = 0; i < (quick ? QUICK_JVMS : JVMS); i++) {
            jvms.add(
                    jvm.run("--jdbc", JdbcChild.class, List.of(), arguments, new TypeReference<List<JdbcFigure>>() {}));
        }
        return new JdbcBench(jvms);
    }

    /** The table: medians of the JVMs, and the lowest and the highest ratio of one. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-12s %14s %14s %8s  of %d JVMs%n",
                "per second",
                "plain",
                "Deferred",
                "ratio",
                jvms.size()));
        for (List<JdbcFigure> same : Spread.transposed(jvms)) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-12s %14.0f %14.0f %s%n",
                    same.get(0).task().name().toLowerCase(Locale.ROOT),
                    Spread.of(same, JdbcFigure::plain).median(),
                    Spread.of(same, JdbcFigure::deferred).median(),
                    Spread.of(same, JdbcFigure::ratio)));
        }
        return table.toString();
    }
}
