// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program in a JVM of its own: the same JDK, other options. */
final class ChildJvm {
    private ChildJvm() {}

    /** How it ended, and what it printed. */
    record Result(int exitCode, String output, String errors) {}

    /** Runs {@code java} with these arguments to its end. */
    static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("child", ".out");
        Path errors = Files.createTempFile("child", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                return new Result(process.waitFor(), Files.readString(output), Files.readString(errors));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
