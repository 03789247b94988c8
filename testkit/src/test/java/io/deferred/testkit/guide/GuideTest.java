// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page shows what {@link BankTest} runs. */
class GuideTest {
    private static final Path PAGE = Path.of("../docs/guide/testing/README.md");
    private static final Path TESTS = Path.of("src/test/java/io/deferred/testkit/guide/BankTest.java");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void allThatThePageShowsIsRun() throws IOException {
        List<String> shown = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        String tests = Files.readString(TESTS);
        assertThat(shown).hasSize(6).allSatisfy(block -> assertThat(tests).contains(block));
    }
}
