// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.util.List;
import org.openjdk.jcstress.annotations.Expect;

/**
 * What was seen of one state, all forks together.
 *
 * @param name the name of its class, without the package
 * @param outcomes those that it speaks of or that were seen
 * @param broken what is wrong with forks that gave no result, or not to the end
 */
record StateResult(String name, List<Seen> outcomes, List<String> broken) {
    private static final String WEAKENED = "Weakened";

    String race() {
        return name.substring(0, name.indexOf('.'));
    }

    String state() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Whether it is a model with a fault that has to be seen. */
    boolean weakened() {
        return state().startsWith(WEAKENED);
    }

    long samples() {
        return outcomes.stream().mapToLong(Seen::count).sum();
    }

    long samples(Expect expect) {
        return outcomes.stream()
                .filter(o -> o.expect() == expect)
                .mapToLong(Seen::count)
                .sum();
    }

    /** How many different outcomes of this kind were seen. */
    long seen(Expect expect) {
        return outcomes.stream()
                .filter(o -> o.expect() == expect && o.count() > 0)
                .count();
    }

    /** How many different outcomes of this kind the state speaks of. */
    long spokenOf(Expect expect) {
        return outcomes.stream().filter(o -> o.expect() == expect).count();
    }
}
