// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Expect;

/**
 * Whether what was seen is all right.
 *
 * @param faults what is not, a sentence each
 * @param remarks what a longer run would have had to show
 */
record Judgment(List<String> faults, List<String> remarks) {
    static Judgment of(List<StateResult> results, Effort effort) {
        Judgment judgment = new Judgment(new ArrayList<>(), new ArrayList<>());
        if (results.isEmpty()) {
            judgment.faults.add("No state was run.");
        }
        results.forEach(result -> judgment.judge(result, effort));
        return judgment;
    }

    private void judge(StateResult result, Effort effort) {
        String name = result.name();
        result.outcomes().stream()
                .filter(o -> o.count() > 0 && !isAllowed(o.expect()))
                .forEach(o -> faults.add(
                        name + ": the forbidden outcome \"" + o.id() + "\" was seen " + o.count() + " times."));
        result.broken().forEach(fork -> faults.add(name + ": a fork failed: " + fork));
        if (result.samples() == 0) {
            faults.add(name + ": nothing was seen at all.");
        } else if (result.weakened() && result.samples(Expect.ACCEPTABLE_INTERESTING) == 0) {
            (effort.mustCatchWeakened() ? faults : remarks).add(name + ": the fault that is built in was not seen.");
        }
    }

    private static boolean isAllowed(Expect expect) {
        return expect == Expect.ACCEPTABLE || expect == Expect.ACCEPTABLE_INTERESTING;
    }

    boolean passed() {
        return faults.isEmpty();
    }
}
