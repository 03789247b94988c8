// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Deferred;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a large result a page at a time.
 *
 * @param <R> the type of the rows
 */
@FunctionalInterface
public interface PageConsumer<R extends @Nullable Object> {
    /**
     * Called for each page, on a thread of the pool, one page after the other. The next page is read when the Deferred that this returns has fired: until then nothing is fetched, and the connection is kept.
     *
     * @param rows at least one, and at most as many as a page has; the consumer's own list
     * @return fires when the consumer is ready for more; it is taken, and goes on with null. If it fails, so does the whole. It is cancelled if the whole is cancelled meanwhile
     * @throws Exception whatever is thrown fails the whole
     */
    Deferred<?> page(List<R> rows) throws Exception;
}
