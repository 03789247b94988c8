// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was measured beside the limits.
 *
 * @param limits by name
 * @param measured by name
 */
record Comparison(Map<String, Long> limits, Map<String, Long> measured) {
    /** What is wrong, a sentence each; empty if every figure is its limit. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String name : names()) {
            Long limit = limits.get(name);
            Long bytes = measured.get(name);
            if (limit == null) {
                complaints.add(name + " has no limit in the file; " + bytes + " bytes were measured");
            } else if (bytes == null) {
                complaints.add(name + " is in the file, but nothing of that name is measured; take it out");
            } else if (bytes > limit) {
                complaints.add(name + " has grown: the limit is " + limit + " bytes, " + bytes + " were measured");
            } else if (bytes < limit) {
                complaints.add(name + " has become leaner: the limit is " + limit + " bytes, " + bytes
                        + " were measured; lower the limit in the file, or it will hide the next growth");
            }
        }
        return complaints;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(measured.keySet());
        names.addAll(limits.keySet());
        return names;
    }

    /** The table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("%-24s%12s%12s%n", "bytes", "limit", "measured"));
        for (String name : names()) {
            Long limit = limits.get(name);
            Long bytes = measured.get(name);
            text.append(String.format("%-24s%12s%12s%s%n", name, shown(limit), shown(bytes), mark(limit, bytes)));
        }
        return text.toString();
    }

    private static String shown(@Nullable Long bytes) {
        return bytes == null ? "-" : bytes.toString();
    }

    private static String mark(@Nullable Long limit, @Nullable Long bytes) {
        if (limit == null || bytes == null) {
            return "  !";
        }
        return bytes.equals(limit) ? "" : String.format("  %+d", bytes - limit);
    }
}
