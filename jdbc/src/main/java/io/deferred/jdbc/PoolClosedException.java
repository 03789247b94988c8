// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.io.Serial;

/** An operation was asked for when its {@link ConnectionPool} had been closed. */
public final class PoolClosedException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message which pool, and what was refused
     */
    public PoolClosedException(String message) {
        super(message);
    }
}
