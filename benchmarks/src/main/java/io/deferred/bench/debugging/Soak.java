// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import io.deferred.bench.ChildJvm;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** Lets a program run with the full debug mode for minutes, and looks whether it keeps more and more. */
public final class Soak {
    private static final List<String> OPTIONS = List.of(
            "-Dio.deferred.debug=full",
            "-XX:+UseSerialGC",
            "-XX:MarkSweepAlwaysCompactCount=1",
            "-Xms256m",
            "-Xmx256m");

    /** What tables may grow by: of class loading, of the JIT's profiles. A leak of one byte in a turn is more. */
    private static final double ALLOWED = 1.05;

    private Soak() {}

    /**
     * Runs it, and prints what lived after each twentieth of the time.
     *
     * @param jvm runs it
     * @param time how long
     * @param out for the figures
     * @return whether the last third lived on what the first third did, within five per cent
     */
    public static boolean run(ChildJvm jvm, Duration time, PrintStream out) throws IOException, InterruptedException {
        List<Sample> samples = jvm.run(
                "the soak",
                SoakChild.class,
                OPTIONS,
                List.of(String.valueOf(time.toMillis())),
                new TypeReference<List<Sample>>() {});
        out.printf("%14s%16s%n", "turns", "live bytes");
        samples.forEach(sample -> out.printf("%14d%16d%n", sample.turns(), sample.live()));
        boolean flat = isFlat(samples);
        out.println(flat ? "flat" : "it grows");
        return flat;
    }

    static boolean isFlat(List<Sample> samples) {
        int third = samples.size() / 3;
        long first = middle(samples.subList(0, third));
        long last = middle(samples.subList(samples.size() - third, samples.size()));
        return last <= first * ALLOWED;
    }

    private static long middle(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::live).sorted().toArray()[samples.size() / 2];
    }

    /**
     * What lived at an instant.
     *
     * @param turns that were done until then
     * @param live bytes
     */
    record Sample(long turns, long live) {}
}
