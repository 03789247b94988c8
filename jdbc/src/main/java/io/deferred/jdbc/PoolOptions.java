// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link ConnectionPool} works. Immutable, and safe for use by any thread: each method returns a new one.
 *
 * <pre>{@code
 * PoolOptions options = PoolOptions.ofSize(10).named("bank").throwingAwayBy(hikari::evictConnection);
 * }</pre>
 */
public final class PoolOptions {
    private static final Duration DEFAULT_CLOSE_LIMIT = Duration.ofSeconds(30);

    final int size;
    final String name;
    final @Nullable ThreadFactory threads;
    final Scheduler scheduler;
    final ConnectionDisposal disposal;
    final Duration closeLimit;

    private PoolOptions(
            int size,
            String name,
            @Nullable ThreadFactory threads,
            Scheduler scheduler,
            ConnectionDisposal disposal,
            Duration closeLimit) {
        this.size = size;
        this.name = name;
        this.threads = threads;
        this.scheduler = scheduler;
        this.disposal = disposal;
        this.closeLimit = closeLimit;
    }

    /**
     * Returns options with so many connections: named "jdbc", on daemon threads, with {@link Scheduler#system()}, {@link ConnectionDisposal#CLOSE_PHYSICAL}, and 30 seconds to close.
     *
     * @param size how many operations run at a time at most, each with a thread and a connection of its own. As many as the data source has: with more, threads wait for it in vain
     * @return a new one
     * @throws IllegalArgumentException if that is less than one
     */
    public static PoolOptions ofSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a pool needs at least one connection, not " + size);
        }
        return new PoolOptions(
                size, "jdbc", null, Scheduler.system(), ConnectionDisposal.CLOSE_PHYSICAL, DEFAULT_CLOSE_LIMIT);
    }

    /**
     * Names the pool, in messages, dumps and the names of its threads.
     *
     * @param name what it is of, say
     * @return a new one
     */
    public PoolOptions named(String name) {
        return new PoolOptions(size, Objects.requireNonNull(name, "name"), threads, scheduler, disposal, closeLimit);
    }

    /**
     * Has other threads do the work. The default are platform threads: daemons named after the pool, which end when they have had nothing to do for ten seconds.
     *
     * <p>Virtual threads ({@code Thread.ofVirtual().name("bank-", 0).factory()}) save memory where a pool has hundreds of connections; for ten they change nothing, because there are never more threads than connections. Not before JDK 24: on 21 to 23 a driver
     * that blocks in a synchronized method holds on to the thread that carries it, and a few of those stop all virtual threads.
     *
     * @param threads makes them; asked for at most as many as the pool has connections
     * @return a new one
     */
    public PoolOptions threads(ThreadFactory threads) {
        return new PoolOptions(size, name, Objects.requireNonNull(threads, "threads"), scheduler, disposal, closeLimit);
    }

    /**
     * Has another scheduler measure the ages of operations, the limits of closing, and the pauses between the tries to cancel a statement.
     *
     * @param scheduler in tests, a {@link io.deferred.VirtualClock}; should take calls until the pool is closed: if it does not, the system's takes its place
     * @return a new one
     */
    public PoolOptions scheduler(Scheduler scheduler) {
        return new PoolOptions(
                size, name, threads, Objects.requireNonNull(scheduler, "scheduler"), disposal, closeLimit);
    }

    /**
     * Sets how connections are thrown away.
     *
     * @param disposal for HikariCP, {@code hikari::evictConnection}
     * @return a new one
     */
    public PoolOptions throwingAwayBy(ConnectionDisposal disposal) {
        return new PoolOptions(
                size, name, threads, scheduler, Objects.requireNonNull(disposal, "disposal"), closeLimit);
    }

    /**
     * Sets how long {@link ConnectionPool#close()} lets operations go on.
     *
     * @param limit zero to cancel them at once
     * @return a new one
     * @throws IllegalArgumentException if it is negative
     */
    public PoolOptions closeLimit(Duration limit) {
        return new PoolOptions(size, name, threads, scheduler, disposal, checkedLimit(limit));
    }

    static Duration checkedLimit(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("the limit of closing must not be negative: " + limit);
        }
        return limit;
    }
}
