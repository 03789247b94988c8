// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;
import java.util.List;

/** All of several Deferreds have failed. Twisted's {@code FailureGroup}. */
public final class FailureGroupException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Not serialized: they may refer to anything. */
    private final transient List<Failure> failures;

    /**
     * Names the failures; their exceptions are the suppressed ones of this.
     *
     * @param failures in the order of the input
     */
    public FailureGroupException(List<Failure> failures) {
        super("all " + failures.size() + " failed");
        this.failures = List.copyOf(failures);
        for (Failure failure : this.failures) {
            addSuppressed(failure.exception());
        }
    }

    /**
     * Returns all failures.
     *
     * @return in the order of the input, unmodifiable
     */
    public List<Failure> failures() {
        return failures;
    }
}
