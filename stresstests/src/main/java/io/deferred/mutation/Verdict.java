// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the report comes to.
 *
 * @param total how many mutants there are
 * @param killed how many of them a test noticed
 * @param justified how many live, and may
 * @param unjustified those that live, and nothing says why
 * @param stale justifications whose mutant does not live, or is not there any more. They do not make the verdict a bad one: whether
 *     a race is lost to a mutant, or a test is too slow for it, may change from run to run
 */
record Verdict(int total, int killed, int justified, List<Mutant> unjustified, List<String> stale) {
    /** @param part whether the report is of some classes only, so that a justification without a mutant tells nothing */
    static Verdict of(List<Mutant> mutants, Justifications justifications, boolean part) {
        List<Mutant> unjustified = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>(justifications.names());
        int killed = 0;
        int justified = 0;
        for (Mutant mutant : mutants) {
            if (!mutant.isAlive()) {
                killed++;
            } else if (unused.remove(mutant.name())) {
                justified++;
            } else {
                unjustified.add(mutant);
            }
        }
        List<String> stale = part ? List.of() : List.copyOf(unused);
        return new Verdict(mutants.size(), killed, justified, List.copyOf(unjustified), stale);
    }

    /** A report of nothing is no good one. */
    boolean isGood() {
        return total > 0 && unjustified.isEmpty();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (!unjustified.isEmpty()) {
            text.append("Neither noticed by a test nor justified:\n");
            for (Mutant mutant : unjustified) {
                text.append("    ").append(mutant.name());
                text.append(mutant.fate() == Mutant.Fate.NOT_COVERED ? "   (no test runs it)\n" : "\n");
            }
        }
        if (!stale.isEmpty()) {
            text.append("Justified, but not alive this time, or not there any more:\n");
            stale.forEach(name -> text.append("    ").append(name).append('\n'));
        }
        double score = total == 0 ? 0 : 100.0 * killed / total;
        text.append(String.format(
                Locale.ROOT,
                "%d mutants, %d killed (%.1f %%), %d justified, %d neither%n",
                total,
                killed,
                score,
                justified,
                unjustified.size()));
        return text.toString();
    }
}
