// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints tables for people, and the numbers below them. */
public final class TableReporter implements Reporter {
    /** A link in a page header is in every page: the JSON names them all. */
    private static final int PAGES_SHOWN = 5;

    @Override
    public void print(Report report, PrintStream out) {
        AddressNames names = new AddressNames(report.start());
        out.println((report.complete() ? "Checked " : "Interrupted; known so far of ") + report.start());
        if (!report.broken().isEmpty()) {
            out.println();
            out.print(brokenTable(report.broken(), names));
        }
        if (!report.redirects().isEmpty()) {
            out.println();
            out.print(redirectTable(report.redirects(), names));
        }
        out.println();
        TotalsText.lines(report).forEach(out::println);
        out.flush();
    }

    private static String brokenTable(List<BrokenLink> broken, AddressNames names) {
        TextTables table = new TextTables("Broken link", "Why", "Linked from");
        for (BrokenLink link : broken) {
            List<String> from = linkedFrom(link, names);
            table.row(names.of(link.address()), why(link, names), from.get(0));
            from.stream().skip(1).forEach(page -> table.row("", "", page));
        }
        return table.toString();
    }

    private static String why(BrokenLink link, AddressNames names) {
        String text = link.problem().text();
        return link.redirects().isEmpty() ? text : text + ", after " + path(link.redirects(), names);
    }

    private static List<String> linkedFrom(BrokenLink link, AddressNames names) {
        if (link.linkedFrom().isEmpty()) {
            return List.of("(the start)");
        }
        List<String> lines = new ArrayList<>();
        link.linkedFrom().stream().limit(PAGES_SHOWN).map(names::of).forEach(lines::add);
        int more = link.linkedFrom().size() - PAGES_SHOWN;
        if (more > 0) {
            lines.add("and " + more + " more");
        }
        return lines;
    }

    private static String redirectTable(List<Redirect> redirects, AddressNames names) {
        TextTables table = new TextTables("Redirected", "To", "Links");
        for (Redirect redirect : redirects) {
            table.row(names.of(redirect.address()), path(redirect.hops(), names), String.valueOf(redirect.links()));
        }
        return table.toString();
    }

    private static String path(List<URI> hops, AddressNames names) {
        return hops.stream().map(names::of).collect(Collectors.joining(" -> "));
    }
}
