// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of the guide compile, run, and print what the page beside them shows; and the page shows what they are made of. */
@Tag("long") // a JVM each
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "jdbc");
    private static final Path PAGE = GUIDE.resolve("README.md");
    private static final Pattern REGION = Pattern.compile("// #region \\w+\\n(.*?)// #endregion", Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyJavaBlockIsARegionOfAProgram() throws IOException {
        List<String> regions = new ArrayList<>();
        try (Stream<Path> files = Files.list(GUIDE)) {
            for (Path program :
                    files.filter(f -> f.toString().endsWith(".java")).toList()) {
                regions.addAll(parts(REGION, program));
            }
        }
        assertThat(parts(JAVA_BLOCK, PAGE)).hasSize(10).containsExactlyInAnyOrderElementsOf(regions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer", "TransferInTime", "TransferAgain", "TransferWithFutures", "Statements"})
    void aProgramPrintsWhatThePageShows(String program) throws Exception {
        String page = Files.readString(PAGE);
        int section = page.indexOf("([" + program + ".java](" + program + ".java))");
        assertThat(section).as("its section").isPositive();
        String shown = page.substring(section, endOfSection(page, section));
        assertThat(shown).contains("```\n" + run(program).strip() + "\n```");
    }

    private static int endOfSection(String page, int section) {
        int next = page.indexOf("\n## ", section);
        return next < 0 ? page.length() : next;
    }

    private static List<String> parts(Pattern pattern, Path file) throws IOException {
        List<String> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            parts.add(matcher.group(1).stripIndent().strip());
        }
        return parts;
    }

    private static String run(String program) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GUIDE.resolve(program + ".java").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
