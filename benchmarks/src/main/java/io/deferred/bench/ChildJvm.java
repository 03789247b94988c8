// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts JVMs in which something is measured, on the class path of this one, and reads what they answer: each is given the name of a file as its first argument, and writes JSON there.
 *
 * @param jdk the home of the JDK to measure on
 * @param userOptions further options of the JVM; one that names another collector takes the place of ours
 */
public record ChildJvm(Path jdk, List<String> userOptions) {
    /** The heap has one size from the first moment, and the collector is named. */
    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    /**
     * Runs one to its end.
     *
     * @param what is measured, for the message if it fails
     * @param main has the main method
     * @param options of the JVM, besides the size of the heap and G1; one that names another collector takes its place
     * @param arguments after the file
     * @param answer the type of the answer
     * @param <A> that type
     * @return the answer
     * @throws IllegalStateException if it ends with a code other than zero
     */
    public <A> A run(String what, Class<?> main, List<String> options, List<String> arguments, TypeReference<A> answer)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("bench", ".json");
        try {
            List<String> command = new ArrayList<>();
            command.add(jdk.resolve("bin/java").toString());
            command.addAll(together(options));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), file.toString()));
            command.addAll(arguments);
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("the JVM of " + what + " ended with code " + exit);
            }
            return JsonMapper.shared().readValue(file.toFile(), answer);
        } finally {
            Files.delete(file);
        }
    }

    /** All options; of the collectors only the last one, because a JVM takes but one. */
    private List<String> together(List<String> options) throws IOException {
        List<String> all = new ArrayList<>(OPTIONS);
        if (feature() >= 24) {
            all.add("--sun-misc-unsafe-memory-access=allow"); // Trane's way to its fields, of which these JDKs warn
        }
        for (String option :
                Stream.concat(options.stream(), userOptions.stream()).toList()) {
            if (COLLECTOR.matcher(option).matches()) {
                all.removeIf(earlier -> COLLECTOR.matcher(earlier).matches());
            }
            all.add(option);
        }
        return all;
    }

    /** The feature number of the JDK, as its file {@code release} says. */
    private int feature() throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(in);
        }
        return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", ""))
                .feature();
    }

    /**
     * For the child: gives its answer.
     *
     * @param args of its main method
     * @param answer what is written as JSON
     */
    public static void answer(String[] args, Object answer) {
        JsonMapper.shared().writeValue(Path.of(args[0]).toFile(), answer);
    }
}
