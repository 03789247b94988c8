// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** How the Lincheck tests write down a result, and what has been done to it, in one word. */
final class Marks {
    private Marks() {}

    static String of(Failure failure) {
        return failure.check(CancelledException.class).isPresent()
                ? "cancelled"
                : failure.exception().getMessage();
    }

    /** A value as it is; a failure with an exclamation mark. */
    static String of(Outcome<String> outcome) {
        return outcome instanceof Outcome.Failed<String> failed ? "!" + of(failed.failure()) : outcome.unwrap();
    }

    /** The result that there is now, if there is one. */
    static String now(Deferred<String> deferred) {
        return deferred.outcome().map(Marks::of).orElse("none");
    }

    /** What a callback for both makes of it: a value. */
    static String after(Outcome<String> outcome, int step) {
        return of(outcome).replace('!', '?') + "b" + step;
    }
}
