// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import io.deferred.bench.ChildJvm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Our own bytes against their limits. */
public final class BytesCheck {
    /** Without escape analysis every object is allocated that the code makes, whatever the JIT knows. */
    private static final List<String> OPTIONS = List.of("-XX:-DoEscapeAnalysis");

    private BytesCheck() {}

    /**
     * Measures all works, and prints the table and what is wrong.
     *
     * @param jvm measures them
     * @param limits the file
     * @param out for both
     * @return whether every figure is its limit
     * @throws IllegalArgumentException if the file cannot be understood
     */
    public static boolean run(ChildJvm jvm, Path limits, PrintStream out) throws IOException, InterruptedException {
        Map<String, Long> expected = Limits.read(limits);
        Map<String, Long> measured =
                jvm.run("our own bytes", OwnChild.class, OPTIONS, List.of(), new TypeReference<Map<String, Long>>() {});
        Comparison comparison = new Comparison(expected, measured);
        out.print(comparison);
        comparison.complaints().forEach(out::println);
        return comparison.complaints().isEmpty();
    }
}
