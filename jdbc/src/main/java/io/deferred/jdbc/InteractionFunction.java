// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What is done in a transaction, in straight-line code.
 *
 * @param <R> the type of its result
 */
@FunctionalInterface
public interface InteractionFunction<R extends @Nullable Object> {
    /**
     * Called once, on a thread of the pool, which it may block.
     *
     * @param transaction is begun, and is over when this returns
     * @return the result, which may be null; the transaction is then committed. A {@link io.deferred.Failure} rolls back, as if its exception had been thrown; a {@link io.deferred.Deferred} is refused, and rolls back: the connection
     *     would be gone before it fires
     * @throws Exception whatever is thrown, errors included, rolls back and is the failure of the interaction
     */
    R run(Transaction transaction) throws Exception;
}
