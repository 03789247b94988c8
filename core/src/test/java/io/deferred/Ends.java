// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

/** How a Deferred of a test has ended. */
final class Ends {
    private Ends() {}

    /** The exception with which it has failed; the test fails if it has not. */
    static Throwable failureOf(Deferred<?> deferred) {
        return ((Outcome.Failed<?>) deferred.outcome().orElseThrow()).failure().exception();
    }

    /** Whether it has failed because it was cancelled. */
    static boolean isCancelled(Deferred<?> deferred) {
        return deferred.outcome().orElse(null) instanceof Outcome.Failed<?> failed
                && failed.failure().exception() instanceof CancelledException;
    }

    static void assertValue(Deferred<?> d, Object value) {
        assertThat(d.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(value));
    }
}
