// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.deferred.Debugging;
import io.deferred.Scheduler;
import io.deferred.VirtualClock;
import io.deferred.linkcheck.fetch.Served;
import io.deferred.linkcheck.report.Report;
import io.deferred.linkcheck.serve.Answers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    private static final byte[] INDEX = "<a href=a>x</a><a href=slow>x</a><a href=b>x</a>".getBytes(UTF_8);
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private InputStream in = InputStream.nullInputStream();

    private int run(String... args) {
        return run(Scheduler.system(), args);
    }

    private int run(Scheduler scheduler, String... args) {
        return Main.run(in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), scheduler, args);
    }

    private String output() {
        return out.toString(UTF_8);
    }

    private String errors() {
        return err.toString(UTF_8);
    }

    private String site(String index) throws IOException {
        Files.writeString(folder.resolve("index.html"), index);
        return folder.toString();
    }

    @Test
    void aFineFolderExitsWith0() throws IOException {
        assertThat(run(site("<p id=x><a href=#x>x</a>"))).isZero();
        assertThat(output()).contains("Nothing is broken");
    }

    @Test
    void aBrokenFolderExitsWith1() throws IOException {
        assertThat(run(site("<a href=gone>x</a>"))).isEqualTo(1);
        assertThat(output()).containsPattern("(?m)^/gone +404 Not Found +/");
    }

    @Test
    void aDeadServerExitsWith1() {
        assertThat(run("--retries=0", "http://127.0.0.1:1/")).isEqualTo(1);
        assertThat(output()).contains("no connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-such-folder",
                "example.org",
                "localhost:8080",
                "ftp://example.org/",
                "http://",
                "http://[x/",
                "--bogus",
                "--concurrency=0",
                "--concurrency=x",
                "--per-host=0",
                "--per-host=x",
                "--retries=-1",
                "--retries=21",
                "--timeout=0",
                "--timeout=NaN",
                "--max-redirects=-1"
            })
    void whatCannotBeUnderstoodExitsWith2AndSaysWhy(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(output()).isEmpty();
        assertThat(errors()).contains("Usage: linkcheck").doesNotContain("\tat ");
        assertThat(errors().lines().findFirst().orElseThrow()).contains(argument.replaceFirst("=.*", ""));
    }

    @Test
    void helpAndVersionExitWith0() {
        assertThat(run("--help")).isZero();
        assertThat(output()).contains("Usage: linkcheck", "--per-host", "--retries", "Exit codes:");
        assertThat(run("--version")).isZero();
        assertThat(output()).containsPattern("(?m)^linkcheck [0-9]");
    }

    @Test
    void jsonIsAllThatIsOnStandardOutput() throws IOException {
        assertThat(run("--json", site("<a href=gone>x</a>"))).isEqualTo(1);

        Report report = JsonMapper.shared().readValue(output(), Report.class);
        assertThat(report.broken()).hasSize(1);
    }

    @Test
    void progressGoesToStandardErrorEachSecondUnlessQuiet() throws IOException {
        // The server moves the time before it answers: so the crawl is under way, and it is known how far it is.
        VirtualClock clock = new VirtualClock();
        try (Served served = new Served(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/slow")) {
                clock.advance(Duration.ofMillis(1999));
            }
            Answers.send(exchange, 200, "text/html", path.equals("/") ? INDEX : NOTHING);
        })) {
            String site = served.address("/").toString();

            assertThat(run(clock, "--concurrency=1", site)).isZero();
            assertThat(errors().lines()).containsExactly("2 of 4 known addresses checked, 2 pages read");
            assertThat(clock.delayedCalls()).isEmpty();

            err.reset();
            assertThat(run(clock, "--concurrency=1", "--quiet", site)).isZero();
            assertThat(errors()).isEmpty();
            assertThat(clock.delayedCalls()).isEmpty();
        }
    }

    @Test
    void storiesAreKeptWhileItIsDebugged() throws IOException {
        Debugging.off(); // the kit has switched it on
        List<Integer> sampling = new ArrayList<>();
        try (Served served = new Served(exchange -> {
            sampling.add(Debugging.sampling());
            Answers.send(exchange, 200, "text/html", NOTHING);
        })) {
            assertThat(run(served.address("/").toString())).isZero();
            assertThat(run("--debug", served.address("/").toString())).isZero();
            assertThat(sampling).containsExactly(0, 1);
        } finally {
            Debugging.off();
        }
    }

    @Test
    void whatItIsWaitingForIsPrintedWhenItIsAskedFor() throws IOException {
        PipedOutputStream keys = new PipedOutputStream();
        in = new PipedInputStream(keys);
        try (Served served = new Served(exchange -> {
            keys.write("x\nd\n".getBytes(UTF_8));
            keys.flush();
            while (!errors().contains("'linkcheck' made at ")) {
                Thread.onSpinWait();
            }
            Answers.send(exchange, 200, "text/html", NOTHING);
        })) {
            assertThat(run("--debug", "--quiet", served.address("/").toString()))
                    .isZero();
            assertThat(errors()).containsOnlyOnce("Pending Deferreds: ").contains("'linkcheck' made at ");
        } finally {
            Debugging.off();
        }
    }

    @Test
    void aConnectionThatIsLostIsTriedAgainAsOftenAsIsSaid() throws IOException {
        AtomicInteger drops = new AtomicInteger();
        try (Served served = new Served(exchange -> {
            if (drops.getAndDecrement() > 0) {
                breakOff(exchange);
            } else {
                Answers.send(exchange, 200, "text/html", NOTHING);
            }
        })) {
            String site = served.address("/").toString();

            drops.set(1);
            assertThat(run("--retries=0", site)).isEqualTo(1);
            assertThat(output()).contains("connection lost");
            drops.set(1);
            assertThat(run("--retries=1", site)).isZero();
        }
    }

    /** In the middle of the answer: at its beginning the JDK's client may try again by itself. */
    private static void breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 99);
        exchange.getResponseBody().write('<');
        exchange.getResponseBody().flush();
        exchange.close();
    }
}
