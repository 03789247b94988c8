// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rows as text: bytes of an operation for each library, our time as a ratio. */
final class Table {
    private final List<Row> rows;

    Table(List<Row> rows) {
        this.rows = rows;
    }

    @Override
    public String toString() {
        Set<Library> libraries = EnumSet.noneOf(Library.class);
        rows.forEach(r -> libraries.addAll(r.figures().keySet()));
        StringBuilder text = new StringBuilder(String.format("%-18s", "bytes/op"));
        libraries.forEach(l -> text.append(String.format("%10s", l)));
        text.append(String.format("  |%8s%8s%8s  %s%n", "ns/op", "x CF", "x best", "which is"));
        rows.forEach(row -> line(text, libraries, row));
        return text.toString();
    }

    private static void line(StringBuilder text, Set<Library> libraries, Row row) {
        text.append(String.format("%-18s", row.name()));
        for (Library library : libraries) {
            Figure figure = row.figures().get(library);
            text.append(String.format("%10s", figure == null ? "-" : number(figure.bytes())));
        }
        Figure ours = row.figures().get(Library.DEFERRED);
        text.append(String.format("  |%8s", ours == null || !ours.timed() ? "-" : number(ours.nanos())));
        text.append(String.format("%8s", ratio(row, Library.COMPLETABLE_FUTURE)));
        text.append(row.bestPeer()
                .map(best -> String.format(
                        "%8s  %s %s",
                        ratio(row, best.getKey()),
                        best.getKey(),
                        number(best.getValue().nanos())))
                .orElse(String.format("%8s", "-")));
        text.append(String.format("%n"));
    }

    private static String ratio(Row row, Library other) {
        return row.timeRatioTo(other)
                .map(r -> r >= 100 ? ">100" : String.format(Locale.ROOT, "%.2f", r))
                .orElse("-");
    }

    /** Three digits, or more where there are more before the point. */
    static String number(double value) {
        if (value >= 99_999.5) {
            return Math.round(value / 1000) + "k";
        }
        return value < 99.95 && value % 1 > 0.04
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.valueOf(Math.round(value));
    }
}
