// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.assertj;

import io.deferred.Deferred;
import org.jspecify.annotations.Nullable;

/** To be imported statically, beside AssertJ's own {@code assertThat}. */
public final class DeferredAssertions {
    private DeferredAssertions() {}

    /**
     * Begins assertions about a Deferred.
     *
     * @param actual the Deferred
     * @param <T> the type of its result
     * @return the assertions
     */
    public static <T extends @Nullable Object> DeferredAssert<T> assertThat(@Nullable Deferred<T> actual) {
        return new DeferredAssert<>(actual);
    }
}
