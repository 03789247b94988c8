// SPDX-License-Identifier: Apache-2.0

/**
 * Database operations through Deferreds: Twisted's {@code adbapi}, done for JDBC.
 *
 * <p>Begin with {@link io.deferred.jdbc.ConnectionPool}, made of a {@link javax.sql.DataSource} and {@link io.deferred.jdbc.PoolOptions}. {@link io.deferred.jdbc.Transaction} is what an interaction works with;
 * {@link io.deferred.jdbc.SqlRetry} says what may be tried again, and {@link io.deferred.jdbc.OutcomeUnknownException} what must not.
 *
 * <pre>{@code
 * any thread                      a thread of the pool, at most one for each connection
 *
 * runInteraction(f) -> Deferred
 *        |
 *      the line  - - - - - - - ->  a connection, f, commit or rollback, the connection goes back
 *                                      ^                                 |
 *      cancel() -> fails at once       |                                 +-> callbacks
 *              \- - -> Statement.cancel(), on a third thread
 * }</pre>
 *
 * <pre>{@code
 * try (ConnectionPool pool = new ConnectionPool(dataSource, 10)) {
 *     pool.runInteraction(tx -> {
 *                 tx.execute("update account set balance = balance - ? where id = ?", 30, "ann");
 *                 tx.execute("update account set balance = balance + ? where id = ?", 30, "bob");
 *                 return "done";
 *             })
 *             .addTimeout(Duration.ofSeconds(2), Scheduler.system())
 *             .consume(System.out::println)
 *             .handle(failure -> System.err.println(failure));
 * }
 * }</pre>
 *
 * <p>What lives here: what it takes to use JDBC without blocking, with {@code java.sql} alone. What may not: drivers, pools of connections, mappings of objects to tables, SQL of any one database.
 */
@NullMarked
package io.deferred.jdbc;

import org.jspecify.annotations.NullMarked;
