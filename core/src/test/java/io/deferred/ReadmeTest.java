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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README and the guide show what the tests run. */
class ReadmeTest {
    private static final Pattern REGION = Pattern.compile("// #region \\w+\\n(.*?)// #endregion", Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "README.md, TutorialTest, 6",
        "docs/completablefuture.md, FromCompletableFutureTest, 3",
        "docs/how-to/write-straight-line-code.md, HowToStraightLineTest, 5",
        "docs/how-to/limit-how-much-runs-at-a-time.md, HowToLimitTest, 6",
        "docs/how-to/repeat-and-try-again.md, HowToRepeatTest, 6",
        "docs/how-to/choose-the-thread.md, HowToThreadsTest, 4"
    })
    void everyJavaBlockIsARegionOfATest(String page, String test, int count) throws IOException {
        List<String> blocks = parts(JAVA_BLOCK, ofTheCore(Files.readString(Path.of("..", page))));
        Path source = Path.of("src", "test", "java", "io", "deferred", test + ".java");
        assertThat(blocks).containsExactlyInAnyOrderElementsOf(parts(REGION, Files.readString(source)));
        assertThat(blocks).hasSize(count);
    }

    /** What the README shows of the other modules is tested there. */
    private static String ofTheCore(String page) {
        int end = page.indexOf("\nA database, and the network:");
        return end < 0 ? page : page.substring(0, end);
    }

    private static List<String> parts(Pattern pattern, String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            parts.add(matcher.group(1).stripIndent().strip().replaceAll("\\n +", "\n"));
        }
        return parts;
    }
}
