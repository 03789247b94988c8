// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A JVM that runs {@link DeepPrograms}. What it prints is printed here too, while it goes on. */
final class DeepJvm {
    private final Process process;
    private final Thread reader;
    private final Map<String, String> outcomes = new ConcurrentHashMap<>();

    DeepJvm(String programs, String options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DeepPrograms.class.getName(), programs));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(() -> read(options), "output of java " + options);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(String options) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(options + ": " + line);
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    outcomes.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (IOException e) {
            outcomes.put("output", e.toString());
        }
    }

    /** What it has printed for each program. Waits for its end. */
    Map<String, String> outcomes() throws InterruptedException {
        reader.join();
        return outcomes;
    }

    void end() {
        process.destroyForcibly();
    }
}
