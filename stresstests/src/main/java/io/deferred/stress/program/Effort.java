// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.util.ArrayList;
import java.util.List;

/** How much time a run takes, and what it has to show in that time. */
enum Effort {
    /** Interpreter, both compilers, and the second one with its decisions made at random. */
    FULL("250", "2", "-jvmArgsPrepend"),
    /** The JVM as it comes. */
    QUICK("250", "2", "-jvmArgs"),
    /** The same, for so short that a fault which was built in on purpose need not show. */
    SHORTEST("100", "1", "-jvmArgs");

    private final String millis;
    private final String iterations;
    private final String jvmOptionsKey;

    Effort(String millis, String iterations, String jvmOptionsKey) {
        this.millis = millis;
        this.iterations = iterations;
        this.jvmOptionsKey = jvmOptionsKey;
    }

    /** What jcstress is told about time, and about the JVMs that it starts. */
    List<String> arguments(List<String> jvmOptions) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-time", millis, "-iters", iterations));
        // Actors drift apart: what comes 8 states after they met is seldom a race any more. They meet often enough for
        // hundreds of times as many races as by default.
        arguments.addAll(List.of("-strideSize", "8", "-strideCount", "320"));
        // One fork of each kind. Actors are all compiled in one way: each in its own would double the number of forks.
        arguments.addAll(List.of("-f", "1", "-fsm", "1", "-af", "NONE", "-sc", "false"));
        if (!jvmOptions.isEmpty()) {
            arguments.addAll(List.of(jvmOptionsKey, String.join(" ", jvmOptions)));
        } else if (this != FULL) {
            arguments.addAll(
                    List.of(jvmOptionsKey, "-XX:+TieredCompilation")); // says nothing, but one kind of fork is enough
        }
        return arguments;
    }

    /** Whether a fault that was built in on purpose has to be seen. */
    boolean mustCatchWeakened() {
        return this != SHORTEST;
    }
}
