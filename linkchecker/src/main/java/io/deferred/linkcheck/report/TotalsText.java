// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers as sentences. */
final class TotalsText {
    private TotalsText() {}

    static List<String> lines(Report report) {
        Totals totals = report.totals();
        List<String> lines = new ArrayList<>();
        lines.add(count(totals.pages(), "page") + " read with " + count(totals.links(), "link") + ", of which "
                + totals.ignored() + " ignored (mailto: and the like)");
        lines.add(count(totals.addresses(), "address") + " checked, of which " + totals.outside()
                + " outside the site, " + totals.redirected() + " redirected");
        if (totals.unchecked() > 0) {
            lines.add(count(totals.unchecked(), "address") + " not checked");
        }
        if (totals.cutPages() > 0) {
            lines.add(count(totals.cutPages(), "page") + " too long to be read to the end");
        }
        lines.add(
                report.fine()
                        ? "Nothing is broken"
                        : count(report.broken().size(), "broken address") + ", in "
                                + count(totals.brokenLinks(), "link"));
        return lines;
    }

    private static String count(int number, String noun) {
        String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural);
    }
}
