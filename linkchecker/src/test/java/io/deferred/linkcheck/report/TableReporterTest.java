// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableReporterTest {
    @Test
    void whatIsBrokenStandsInATableWithTheNumbersBelow() {
        assertThat(lines(Reports.broken(true)))
                .containsExactly(
                        "Checked http://h/",
                        "",
                        "Broken link  Why                      Linked from",
                        "-----------  ---                      -----------",
                        "/dead        404 Not Found, after /b  /p0",
                        "                                      /p1",
                        "                                      /p2",
                        "                                      /p3",
                        "                                      /p4",
                        "                                      and 3 more",
                        "http://x/#y  no such anchor           /",
                        "",
                        "Redirected  To                 Links",
                        "----------  --                 -----",
                        "/old        /new -> http://x/  3",
                        "",
                        "9 pages read with 20 links, of which 2 ignored (mailto: and the like)",
                        "11 addresses checked, of which 1 outside the site, 2 redirected",
                        "4 addresses not checked",
                        "1 page too long to be read to the end",
                        "2 broken addresses, in 10 links");
    }

    @Test
    void aFineSiteHasNoTable() {
        assertThat(lines(Reports.fine()))
                .containsExactly(
                        "Checked http://h/",
                        "",
                        "1 page read with 1,234 links, of which 0 ignored (mailto: and the like)",
                        "1 address checked, of which 0 outside the site, 0 redirected",
                        "Nothing is broken");
    }

    @Test
    void aReportThatWasInterruptedSaysSo() {
        assertThat(lines(Reports.broken(false))).startsWith("Interrupted; known so far of http://h/");
    }

    @Test
    void aVeryLongAddressStaysInOneLine() {
        String address = "http://h/" + "x/".repeat(2000) + "#" + "y-".repeat(200);
        BrokenLink link =
                new BrokenLink(address, new Problem(Problem.Kind.STATUS, "404"), List.of(), 1, Reports.pages(1));
        Report report =
                new Report(Reports.START, true, new Totals(1, 0, 1, 0, 1, 0, 0, 0, 1), List.of(link), List.of());

        assertThat(lines(report)).contains(address.substring("http://h".length()) + "  404  /p0");
    }

    private static List<String> lines(Report report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TableReporter().print(report, new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8).lines().map(String::stripTrailing).toList();
    }
}
