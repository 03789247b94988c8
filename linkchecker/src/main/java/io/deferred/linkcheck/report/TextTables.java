// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Rows for picocli's table, whose columns are as wide as their widest cell: a line stays a line, for grep. */
final class TextTables {
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();

    TextTables(String... headings) {
        row(headings);
        String[] rules = new String[headings.length];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = "-".repeat(headings[i].length());
        }
        row(rules);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        Column[] columns = new Column[rows.get(0).length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column(width(i) + GAP, 0, Overflow.TRUNCATE);
        }
        TextTable table = TextTable.forColumns(new ColorScheme.Builder(Ansi.OFF).build(), columns);
        rows.forEach(table::addRowValues);
        return table.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
