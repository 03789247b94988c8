// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import io.deferred.bench.ChildJvm;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** Measures what the debug mode costs: off, one in a hundred, full; each in a JVM of its own. */
public final class DebugCost {
    private static final List<String> MODES = List.of("off", "100", "full");

    /** With it, what a full collection leaves is what lives, to the byte. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1");

    private DebugCost() {}

    /**
     * Measures, and prints a line for each mode.
     *
     * @param jvm measures
     * @param out for the table
     */
    public static void run(ChildJvm jvm, PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%-8s%14s%14s%16s%18s%14s%14s%n",
                "mode", "ns/request", "bytes/request", "live/pending", "pending in dump", "text, ms", "JSON, ms");
        for (String mode : MODES) {
            Cost cost = jvm.run(
                    "the debug mode " + mode,
                    DebugCostChild.class,
                    options(mode),
                    List.of(),
                    new TypeReference<Cost>() {});
            out.printf(
                    "%-8s%14.0f%14d%16d%18d%14d%14d%n",
                    mode,
                    cost.nanosOfOne(),
                    cost.bytesOfOne(),
                    cost.liveOfOnePending(),
                    cost.inDump(),
                    cost.textMillis(),
                    cost.jsonMillis());
        }
    }

    private static List<String> options(String mode) {
        return List.of(OPTIONS.get(0), OPTIONS.get(1), "-Dio.deferred.debug=" + mode);
    }

    /**
     * Of one mode.
     *
     * @param nanosOfOne of one request: made, three stages added, one of which waits for another Deferred, fired
     * @param bytesOfOne that it allocates
     * @param liveOfOnePending bytes that a pending one with one callback keeps alive
     * @param inDump of {@value DebugCostChild#PENDING} pending
     * @param textMillis the first dump of them as text
     * @param jsonMillis the first as JSON
     */
    record Cost(
            double nanosOfOne, long bytesOfOne, long liveOfOnePending, int inDump, long textMillis, long jsonMillis) {}
}
