// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * What a turn of {@link Deferred#loop} says at its end: go on, or stop with a result. Immutable.
 *
 * @param <T> the type of the result of the whole loop
 */
public sealed interface Turn<T extends @Nullable Object> {
    /**
     * Says that another turn is to follow.
     *
     * @param <T> the type of the result that a later turn will give
     * @return always the same
     */
    @SuppressWarnings("unchecked") // it has no value
    static <T extends @Nullable Object> Turn<T> again() {
        return (Turn<T>) Again.AGAIN;
    }

    /**
     * Says that this was the last turn.
     *
     * @param value the result of the loop, which may be null
     * @param <T> its type
     * @return a new one
     * @throws IllegalArgumentException if the value is a Deferred; return it from the step, with a callback that stops
     */
    static <T extends @Nullable Object> Turn<T> stop(T value) {
        return new Stop<>(value);
    }

    /**
     * Another turn follows.
     */
    enum Again implements Turn<@Nullable Object> {
        /** The only one. */
        AGAIN
    }

    /**
     * The loop ends.
     *
     * @param value its result
     * @param <T> the type of the result
     */
    record Stop<T extends @Nullable Object>(T value) implements Turn<T> {
        /**
         * Takes the value.
         *
         * @param value its result
         * @throws IllegalArgumentException if the value is a Deferred
         */
        public Stop {
            Deferred.checkedResult(value);
        }
    }
}
