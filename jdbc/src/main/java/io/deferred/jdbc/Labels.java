// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.util.regex.Pattern;

/** How operations are called: their SQL in one line, and not without end. */
final class Labels {
    static final int LONGEST = 200;

    private static final Pattern BREAKS = Pattern.compile("\\s*\\R\\s*");

    private Labels() {}

    static String of(String sql) {
        String line = sql.indexOf('\n') < 0 ? sql : BREAKS.matcher(sql.strip()).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
