// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.linkcheck.fetch.Served;
import io.deferred.linkcheck.serve.Answers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, in a process of its own. */
@EnabledOnOs(OS.LINUX)
class InterruptTest {
    private static final byte[] INDEX =
            "<a href=dead.html>x</a><a href=slow.html>x</a><a href=never.html>x</a>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void interruptingPrintsWhatIsKnownOnceAndExitsWith130() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        CountDownLatch slowAsked = new CountDownLatch(1);
        try (Served served = serve(slowAsked)) {
            // One at a time: when the slow page is asked for, the answer of the dead link has been dealt with.
            Process process = new ProcessBuilder(
                            command(served.address("/").toString(), "--quiet", "--concurrency=1", "--timeout=600"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                assertThat(slowAsked.await(60, TimeUnit.SECONDS)).isTrue();
                interrupt(process);

                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(130);
            } finally {
                process.destroyForcibly();
            }
            assertThat(served.requests()).doesNotContain("GET /never.html");
        }
        assertThat(Files.readString(out))
                .startsWith("Interrupted; known so far of http://")
                .containsOnlyOnce("Interrupted")
                .containsOnlyOnce("/dead.html")
                .contains("404 Not Found")
                .contains("2 addresses not checked")
                .endsWith("1 broken address, in 1 link" + System.lineSeparator());
        assertThat(err).isEmptyFile();
    }

    @Test
    void interruptingWhileItIsDebuggedPrintsWhatItWaitsForFirst() throws Exception {
        Path err = folder.resolve("err");
        CountDownLatch slowAsked = new CountDownLatch(1);
        try (Served served = serve(slowAsked)) {
            Process process = new ProcessBuilder(command(
                            served.address("/").toString(), "--quiet", "--debug", "--concurrency=1", "--timeout=600"))
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                assertThat(slowAsked.await(60, TimeUnit.SECONDS)).isTrue();
                interrupt(process);
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
        assertThat(Files.readString(err)).contains("Pending Deferreds: ", "'linkcheck' made at ");
    }

    private static Served serve(CountDownLatch slowAsked) throws IOException {
        return new Served(exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> Answers.send(exchange, 200, "text/html", INDEX);
                case "/slow.html" -> slowAsked.countDown();
                default -> Answers.status(exchange, 404);
            }
        });
    }

    /** A shell that starts things in the background may have them ignore the signal; env takes that back. */
    private static List<String> command(String... args) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", java, "-cp", classPath));
        command.add(Main.class.getName());
        command.addAll(List.of(args));
        return command;
    }

    private static void interrupt(Process process) throws Exception {
        int exit = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
