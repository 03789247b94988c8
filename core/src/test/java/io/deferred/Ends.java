// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** How a Deferred of a test has ended. */
final class Ends {
    private Ends() {}

    /** The exception with which it has failed; the test fails if it has not. */
    static Throwable failureOf(Deferred<?> deferred) {
        return ((Outcome.Failed<?>) deferred.outcome().orElseThrow()).failure().exception();
    }
}
