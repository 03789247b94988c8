// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.linkcheck.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
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
        assertThat(run("http://127.0.0.1:1/")).isEqualTo(1);
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
        assertThat(output()).contains("Usage: linkcheck", "--no-external", "Exit codes:");
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
    void progressGoesToStandardErrorUnlessQuiet() throws IOException {
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 250; i++) {
            links.append("<a href=").append(i).append(">x</a>");
        }
        String site = site(links.toString());

        run(site);
        assertThat(errors().lines()).hasSize(2).last().isEqualTo("200 of 251 known addresses checked, 1 pages read");
        err.reset();
        run("--quiet", site);
        assertThat(errors()).isEmpty();
    }
}
