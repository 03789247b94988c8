// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;

/**
 * Runs jcstress in a JVM of its own. That one's JDK is the JDK of all that it starts, and the files that it leaves in its working directory stay out of the user's.
 *
 * @param jdk the home of the JDK
 * @param directory where everything is written; it exists, and is empty
 */
record Jcstress(Path jdk, Path directory) {
    /**
     * Runs these states to the end.
     *
     * @return the file with the results
     */
    Path run(List<String> states, Effort effort, List<String> jvmOptions) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(effort.arguments(jvmOptions));
        arguments.addAll(List.of(
                "-t", States.pattern(states), "-r", directory.resolve("report").toString()));
        Process process = jvm(arguments).redirectErrorStream(true).start();
        Thread stop = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(stop);
        Path log = directory.resolve("jcstress.log");
        copy(process, log);
        // Not zero if an outcome is forbidden, too: the results tell.
        int exit = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stop);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".bin.gz"))
                    .findAny()
                    .orElseThrow(() -> new IllegalStateException(
                            "jcstress ended with code " + exit + " and without results; see " + log));
        }
    }

    /**
     * Runs it as the arguments say, on the terminal.
     *
     * @return its exit code
     */
    int run(List<String> arguments) throws IOException, InterruptedException {
        return jvm(arguments).inheritIO().start().waitFor();
    }

    private ProcessBuilder jvm(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(directory.toFile());
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** Everything goes into the log; how far it has come, to the user as well. */
    private static void copy(Process process, Path log) throws IOException {
        try (BufferedReader in = process.inputReader();
                BufferedWriter out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                if (line.startsWith("(Results:")) {
                    System.err.println(line);
                }
            }
        }
    }
}
