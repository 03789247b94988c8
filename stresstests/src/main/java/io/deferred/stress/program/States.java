// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Chooses states by name. A state is called after its class in its race. */
final class States {
    private static final Pattern PACKAGE = Pattern.compile("^([a-z]\\w*\\.)+");

    private States() {}

    /** {@code Race.State}. */
    static String shortName(String state) {
        return PACKAGE.matcher(state).replaceFirst("");
    }

    /** Those whose short name contains one of the names, in any case of letters; all for no names. */
    static List<String> chosen(Collection<String> all, List<String> names) {
        return all.stream()
                .filter(state -> names.isEmpty()
                        || names.stream()
                                .anyMatch(name -> lower(shortName(state)).contains(lower(name))))
                .sorted()
                .toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What matches exactly these. */
    static String pattern(List<String> states) {
        return states.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$"));
    }
}
