// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended: with a value, or with a {@link Failure}. Immutable.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /**
     * Returns the value, or throws the exception of the failure itself.
     *
     * @return the value, which may be null
     */
    T unwrap();

    /**
     * Tells which of the two it is.
     *
     * @return whether there is a value
     */
    boolean isSuccess();

    /**
     * The end with a value. Twisted's {@code (True, value)}.
     *
     * @param value the value, which may be null
     * @param <T> its type
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {
        @Override
        public T unwrap() {
            return value;
        }

        @Override
        public boolean isSuccess() {
            return true;
        }
    }

    /**
     * The end with a failure. Twisted's {@code (False, failure)}.
     *
     * @param failure the failure
     * @param <T> the type that the value would have had
     */
    record Failed<T extends @Nullable Object>(Failure failure) implements Outcome<T> {
        /**
         * Takes the failure.
         *
         * @param failure the failure
         * @throws NullPointerException if it is null
         */
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public T unwrap() {
            return failure.raise();
        }

        @Override
        public boolean isSuccess() {
            return false;
        }
    }
}
