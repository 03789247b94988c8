// SPDX-License-Identifier: Apache-2.0

/**
 * Database work through Deferreds beside the same work on a plain {@link java.util.concurrent.ExecutorService}: {@code ./bench --jdbc}.
 *
 * <p>{@link io.deferred.bench.jdbc.JdbcBench} starts JVMs for it and prints. There {@link io.deferred.bench.jdbc.JdbcChild} has both sides do each {@link io.deferred.bench.jdbc.Task} in short rounds that take turns, on H2 in memory or another database, behind HikariCP, with as many threads and connections each.
 */
@NullMarked
package io.deferred.bench.jdbc;

import org.jspecify.annotations.NullMarked;
