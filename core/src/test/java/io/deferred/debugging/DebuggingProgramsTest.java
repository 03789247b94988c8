// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the guide, each with one bug: what they print in debug mode names the line of the bug, and is what the page beside them shows. */
@Tag("long") // a JVM each
class DebuggingProgramsTest {
    private static final Path PROGRAMS = Path.of("..", "docs", "guide", "debugging");
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]+\\b");
    private static final Pattern LAMBDA = Pattern.compile("(lambda\\$\\w+\\$)\\d+"); // compilers number them otherwise
    private static final Pattern AGE = Pattern.compile(", PT[0-9.]+S old");
    private static final String MARK = "// FAULT: ";

    static List<Path> programs() throws IOException {
        List<Path> programs = new ArrayList<>(programsIn(PROGRAMS, 10));
        programs.addAll(programsIn(PROGRAMS.resolveSibling("dump"), 6));
        return programs;
    }

    private static List<Path> programsIn(Path folder, int howMany) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> programs =
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
            assertThat(programs).hasSize(howMany);
            return programs;
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsPrintedNamesTheLineOfTheFault(Path program) throws Exception {
        String printed = run(program, "-Dio.deferred.debug=full");
        assertThat(printed).contains("(" + program.getFileName() + ":" + faultIn(program) + ")");
        String shown = withoutWhatChanges(printed);
        assertThat(shownInTheGuide(program))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(shown).contains(line));
    }

    private static String withoutWhatChanges(String printed) {
        String shown = IDENTITY.matcher(printed).replaceAll("@…");
        shown = LAMBDA.matcher(shown).replaceAll("$1…");
        return AGE.matcher(shown).replaceAll(", … old");
    }

    /** The lines of the page that are said to be of what this program prints. */
    private static List<String> shownInTheGuide(Path program) throws IOException {
        String page = Files.readString(program.resolveSibling("README.md"));
        int section = page.indexOf("(" + program.getFileName() + ")");
        int begin = page.indexOf("```\n", section) + 4;
        return page.substring(begin, page.indexOf("\n```", begin)).lines().toList();
    }

    @Test
    void aPropertyThatIsNotUnderstoodIsSaidAndTheProgramGoesOn() throws Exception {
        Path program = PROGRAMS.resolve("DroppedError.java");
        assertThat(run(program, "-Dio.deferred.debug=loud"))
                .contains(
                        "-Dio.deferred.debug must be full, off, or a number n for one Deferred in n, not \"loud\"",
                        "All is well, it seems.",
                        "run with -Dio.deferred.debug=full");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "full, true", "1000000000, false", "off, false", "'', false"})
    void thePropertySaysHowManyHaveAStory(String value, boolean story) throws Exception {
        String printed = run(PROGRAMS.resolve("DroppedError.java"), "-Dio.deferred.debug=" + value);
        assertThat(printed.contains("callback attached at ")).isEqualTo(story);
        assertThat(printed).doesNotContain("must be full");
    }

    private static int faultIn(Path program) throws IOException {
        List<String> lines = Files.readAllLines(program);
        List<String> marked = lines.stream().filter(l -> l.contains(MARK)).toList();
        assertThat(marked).hasSize(1);
        return lines.indexOf(marked.get(0)) + 1;
    }

    private static String run(Path program, String option) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-cp",
                        Path.of("target", "classes").toString(),
                        program.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return printed;
    }
}
