// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows what the tests run. */
class ReadmeTest {
    private static final Pattern REGION = Pattern.compile("// #region \\w+\\n(.*?)// #endregion", Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyJavaBlockOfTheReadmeIsARegionOfTheTutorialsTest() throws IOException {
        List<String> blocks = parts(JAVA_BLOCK, Path.of("..", "README.md"));
        Path tutorial = Path.of("src", "test", "java", "io", "deferred", "TutorialTest.java");
        assertThat(blocks).containsExactlyElementsOf(parts(REGION, tutorial));
        assertThat(blocks).hasSize(5);
    }

    private static List<String> parts(Pattern pattern, Path file) throws IOException {
        List<String> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            parts.add(matcher.group(1).stripIndent().strip().replaceAll("\\n +", "\n"));
        }
        return parts;
    }
}
