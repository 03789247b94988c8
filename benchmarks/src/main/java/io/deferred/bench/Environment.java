// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;

/**
 * Where something was measured.
 *
 * @param date when, in UTC
 * @param jdk its version
 * @param vendor of the JDK
 * @param jvmOptions those that all JVMs have
 * @param collector the names of its parts
 * @param cpu the model; the architecture, where the system does not tell
 * @param cores how many the JVM may use
 * @param libraries the version of each, as its jar says
 */
record Environment(
        Instant date,
        String jdk,
        String vendor,
        List<String> jvmOptions,
        List<String> collector,
        String cpu,
        int cores,
        Map<Library, String> libraries) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.*)");

    /** As a JVM sees it that is started like those that measure. */
    static Environment of(ChildJvm jvm) throws IOException, InterruptedException {
        return jvm.run("environment", Environment.class, List.of(), List.of(), new TypeReference<Environment>() {});
    }

    /**
     * Answers for this JVM.
     *
     * @param args the file for the answer
     */
    public static void main(String[] args) {
        ChildJvm.answer(args, here());
    }

    static Environment here() {
        return new Environment(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList(),
                model().orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                versions(System.getProperty("java.class.path")));
    }

    private static Optional<String> model() {
        if (!Files.isReadable(CPUS)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(CPUS).stream()
                    .map(MODEL::matcher)
                    .filter(Matcher::matches)
                    .map(m -> m.group(1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // it is only a remark
        }
    }

    /** By the names of the jars in a class path. */
    static Map<Library, String> versions(String classPath) {
        List<String> entries = Arrays.asList(classPath.split(Pattern.quote(File.pathSeparator), -1));
        Map<Library, String> versions = new LinkedHashMap<>();
        for (Library library : Library.values()) {
            if (!library.artifact.isEmpty()) {
                Pattern jar = Pattern.compile(".*[/\\\\]" + Pattern.quote(library.artifact) + "-(\\d.*)\\.jar");
                entries.stream()
                        .map(jar::matcher)
                        .filter(Matcher::matches)
                        .findFirst()
                        .ifPresent(m -> versions.put(library, m.group(1)));
            }
        }
        return versions;
    }

    /** In one line. */
    @Override
    public String toString() {
        return String.format(
                "JDK %s (%s), %s, %s, %d cores, %s", jdk, vendor, String.join(" + ", collector), cpu, cores, date);
    }
}
