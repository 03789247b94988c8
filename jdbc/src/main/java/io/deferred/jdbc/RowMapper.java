// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object of a row.
 *
 * @param <R> the type of the object
 */
@FunctionalInterface
public interface RowMapper<R extends @Nullable Object> {
    /**
     * Called once for each row, on a thread of the pool, in the order of the rows.
     *
     * @param row stands at the row; to be read only, and only within this call
     * @return the object, which may be null
     * @throws Exception whatever is thrown fails the operation, and rolls back the transaction that it is in
     */
    R map(ResultSet row) throws Exception;
}
