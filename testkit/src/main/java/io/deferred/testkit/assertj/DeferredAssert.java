// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.assertj;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.testkit.DeferredTesting;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a Deferred, as it is at this moment: nothing waits here. Those that ask for its result take it, as {@link DeferredTesting#successResultOf} and {@link DeferredTesting#failureResultOf} do: the Deferred goes on with null.
 *
 * @param <T> the type of its result
 */
public final class DeferredAssert<T extends @Nullable Object>
        extends AbstractAssert<DeferredAssert<T>, @Nullable Deferred<T>> {
    DeferredAssert(@Nullable Deferred<T> actual) {
        super(actual, DeferredAssert.class);
    }

    /**
     * Asserts that it has a value now, and takes it.
     *
     * @return assertions about the value
     */
    public ObjectAssert<T> succeeded() {
        return Assertions.<T>assertThatObject(DeferredTesting.successResultOf(deferred()))
                .as("the value of the Deferred");
    }

    /**
     * Asserts that it has this value now, and takes it.
     *
     * @param expected may be null
     * @return this
     */
    public DeferredAssert<T> succeededWith(@Nullable Object expected) {
        succeeded().isEqualTo(expected);
        return this;
    }

    /**
     * Asserts that it has failed with an exception of this type, and handles that.
     *
     * @param type of the exception
     * @return assertions about the exception
     */
    public AbstractThrowableAssert<?, ? extends Throwable> failedWith(Class<? extends Throwable> type) {
        return Assertions.<Throwable>assertThat(DeferredTesting.failureResultOf(deferred(), type))
                .as("the exception of the Deferred");
    }

    /**
     * Asserts that it has no result yet, and leaves it as it is.
     *
     * @return this
     */
    public DeferredAssert<T> hasNoResult() {
        DeferredTesting.assertNoResult(deferred());
        return this;
    }

    /**
     * Asserts that it waits for another, because a callback has returned that.
     *
     * @param other the one
     * @return this
     */
    public DeferredAssert<T> waitsFor(Deferred<?> other) {
        Deferred<?> awaited = deferred().waitingFor().orElse(null);
        if (awaited != other) {
            failWithMessage(
                    "%s was to wait for %s, but it waits for %s: %s",
                    actual, other, awaited == null ? "none" : awaited, Debugging.story(deferred()));
        }
        return this;
    }

    private Deferred<T> deferred() {
        isNotNull();
        if (actual == null) {
            throw new AssertionError("seen above");
        }
        return actual;
    }
}
