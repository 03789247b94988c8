// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * A function in the pipeline of a {@link Deferred}: Twisted's callback, or errback when its argument is a {@link Failure}.
 *
 * @param <A> what it is given; null is possible where the result may be null
 * @param <R> what it returns; null is a result like any other. If a {@link Deferred} is returned, the pipeline waits for it and goes on with its result;
 *     if a {@link Failure} is, the pipeline goes on with that failure
 */
@FunctionalInterface
public interface Callback<A extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Called by the thread that made the stage runnable. No lock of this library is held meanwhile.
     *
     * @param argument the result so far
     * @return the result for the stage that follows
     * @throws Exception whatever is thrown, errors included, becomes the {@link Failure} that the stages after this one are given
     */
    R call(A argument) throws Exception;
}
