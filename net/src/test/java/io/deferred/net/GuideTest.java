// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page of the guide shows is what its programs have. */
class GuideTest {
    private static final Path PAGE = GuidePrograms.GUIDE.resolve("README.md");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    /** Two blocks are no part of a program; the API they use is in many tests. */
    private static final List<String> BY_HEART = List.of("Reactor reactor = Reactor.start();", "agent.get(\"https://");

    @Test
    void everyJavaBlockIsAPieceOfAProgram() throws IOException {
        String programs = "";
        for (String name : List.of("ChatServer", "PriceService", "PriceServiceWithFutures")) {
            programs += squeezed(Files.readString(GuidePrograms.GUIDE.resolve(name + ".java")));
        }
        List<String> blocks = blocks();
        assertThat(blocks).hasSize(10);
        for (String block : blocks) {
            if (BY_HEART.stream().noneMatch(block::startsWith)) {
                assertThat(programs).contains(squeezed(block));
            }
        }
    }

    @Test
    void theChatHasSixtyLines() throws IOException {
        assertThat(Files.readAllLines(GuidePrograms.GUIDE.resolve("ChatServer.java")))
                .hasSizeLessThanOrEqualTo(60);
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = JAVA_BLOCK.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            blocks.add(matcher.group(1).strip());
        }
        return blocks;
    }

    /** Without the indentation. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip() + " ";
    }
}
