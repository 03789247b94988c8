// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

/**
 * One change of the library that was tried.
 *
 * @param name what it is called in the file of justifications: method, source line, change; not the line's number, which any edit
 *     above it would alter
 * @param fate what became of it
 */
record Mutant(String name, Fate fate) {
    enum Fate {
        /** A test failed, or did not end, or the JVM died. */
        KILLED,
        /** Tests ran it, and none noticed. */
        SURVIVED,
        /** No test runs that line. */
        NOT_COVERED;

        /** From PIT's word for it. */
        static Fate of(String status) {
            return switch (status) {
                case "KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR", "NON_VIABLE" -> KILLED;
                case "SURVIVED" -> SURVIVED;
                case "NO_COVERAGE" -> NOT_COVERED;
                default ->
                    throw new IllegalArgumentException(
                            "PIT says " + status + " of a mutant, which this program does not know");
            };
        }
    }

    boolean isAlive() {
        return fate != Fate.KILLED;
    }
}
