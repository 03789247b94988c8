// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A scenario with its constants: what one JVM measures.
 *
 * @param name as in the table
 * @param scenario the shape of work
 * @param size how many stages, members, hops
 * @param variants what else is special
 * @param further options of the JVM, which overrule those of every case
 */
record Case(String name, Class<? extends Scenario> scenario, int size, Set<Variant> variants, List<String> further) {
    /** What can be special about a case; {@link Scenario} says what they mean. */
    enum Variant {
        ESCAPES("bench.escapes"),
        MIXED("bench.mixed"),
        FRESH("bench.fresh");

        private final String property;

        Variant(String property) {
            this.property = property;
        }
    }

    static Case of(String name, Class<? extends Scenario> scenario, int size, Variant... variants) {
        return new Case(name, scenario, size, Set.of(variants), List.of());
    }

    /** The same with further options of the JVM. */
    Case with(String... options) {
        return new Case(name, scenario, size, variants, List.of(options));
    }

    /** The options of the JVM that make it this case. */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(further);
        options.add("-Dbench.size=" + size);
        variants.forEach(v -> options.add("-D" + v.property + "=true"));
        return options;
    }
}
