// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a connection, by JDBC itself.
 *
 * @param <R> the type of its result
 */
@FunctionalInterface
public interface ConnectionFunction<R extends @Nullable Object> {
    /**
     * Called once, on a thread of the pool, which it may block.
     *
     * @param connection is of use within this call only. Its {@code close()} does nothing: the pool gives it back
     * @return the result, which may be null; not a {@link io.deferred.Deferred}
     * @throws Exception whatever is thrown, errors included, is the failure of the operation
     */
    R run(Connection connection) throws Exception;
}
