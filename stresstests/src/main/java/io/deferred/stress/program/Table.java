// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jcstress.annotations.Expect;

/** What was seen, a row for each state: how many of the outcomes that are all right, and how often what is interesting or forbidden. */
final class Table {
    private static final List<String> HEAD =
            List.of("race", "state", "samples", "acceptable", "interesting", "forbidden");

    /** Columns before this one are text, and stand to the left. */
    private static final int FIRST_NUMBER = 2;

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<StateResult> results) {
        results.forEach(r -> rows.add(List.of(
                r.race(),
                r.state(),
                number(r.samples()),
                r.seen(Expect.ACCEPTABLE) + " of " + r.spokenOf(Expect.ACCEPTABLE),
                r.spokenOf(Expect.ACCEPTABLE_INTERESTING) == 0 ? "" : number(r.samples(Expect.ACCEPTABLE_INTERESTING)),
                number(r.samples() - r.samples(Expect.ACCEPTABLE) - r.samples(Expect.ACCEPTABLE_INTERESTING)))));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    String text() {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, HEAD);
        int[] widths = IntStream.range(0, HEAD.size())
                .map(i ->
                        all.stream().mapToInt(row -> row.get(i).length()).max().orElseThrow())
                .toArray();
        return all.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(i -> String.format((i < FIRST_NUMBER ? "%-" : "%") + widths[i] + "s", row.get(i)))
                        .collect(Collectors.joining("  ", "", "\n")))
                .collect(Collectors.joining());
    }

    String markdown() {
        String line = IntStream.range(0, HEAD.size())
                .mapToObj(i -> i < FIRST_NUMBER ? "---" : "--:")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
        return markdown(HEAD) + line + rows.stream().map(Table::markdown).collect(Collectors.joining());
    }

    private static String markdown(List<String> row) {
        return row.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
