// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.sql.Connection;

/**
 * Throws a connection away that must not be used again: one that was lost, or whose rollback has failed. The pool calls {@code close()} after it.
 *
 * <p>Most pools of connections have a method for it, and it is best to name that: {@code hikari::evictConnection} for HikariCP. Without one, see {@link #CLOSE_PHYSICAL}.
 */
@FunctionalInterface
public interface ConnectionDisposal {
    /**
     * Aborts and closes what the connection wraps, so that the pool that it came from finds it dead when it gets it back. That is good for data sources without a pool, and for pools that look at what they get.
     */
    ConnectionDisposal CLOSE_PHYSICAL = connection -> {
        Connection physical = connection.unwrap(Connection.class);
        try {
            physical.abort(Runnable::run);
        } finally { // not each driver can abort
            physical.close();
        }
    };

    /**
     * Called once for each such connection, on a thread of the pool, which it may block; the connection is not closed before it has returned. Statements on it may still be running, if the pool is being closed and they do not heed a cancel: then it is called on another thread than theirs.
     *
     * @param connection as the data source has given it
     * @throws Exception is logged; the connection is closed all the same
     */
    void throwAway(Connection connection) throws Exception;
}
