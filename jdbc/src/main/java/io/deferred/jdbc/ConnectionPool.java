// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Callback;
import io.deferred.ContextPropagation;
import io.deferred.Deferred;
import io.deferred.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Does database operations on a {@link DataSource}, so many at a time, and gives their results through {@link Deferred}s. Twisted's {@code adbapi.ConnectionPool}; the connections themselves are kept by the data source, which is best a pool of them.
 *
 * <pre>{@code
 * ConnectionPool pool = new ConnectionPool(hikari, PoolOptions.ofSize(10).throwingAwayBy(hikari::evictConnection));
 * pool.runQuery("select name from account where balance < ?", row -> row.getString(1), limit)
 *         .addTimeout(Duration.ofSeconds(2), scheduler)
 *         .consume(names -> ...)
 *         .handle(failure -> ...);
 * }</pre>
 *
 * <p>Parameters are bound, never pasted into the SQL: they go to {@link java.sql.PreparedStatement#setObject(int, Object)}, an {@link java.time.Instant} as an {@link java.time.OffsetDateTime} in UTC. No parameter is in any message, label or dump of this library.
 *
 * <p><b>Callbacks</b> run on the thread that has done the operation, when its connection has been given back. They keep that thread from the next operation, so what takes its time belongs elsewhere: {@link Deferred#continueOn}. They must not block on another operation of the same pool. Mappers and functions
 * run on a thread of the pool, in the context of the caller ({@link ContextPropagation}).
 *
 * <p><b>Memory</b>: what was done before an operation was asked for happens-before what is done on the thread of the pool, and that happens-before the callbacks.
 *
 * <p><b>Failure</b>: the exception of the driver, mapper or function itself. A failed interaction, operation or batch is rolled back: nothing of it is in the database, unless the exception is {@link OutcomeUnknownException}. A rollback that fails in turn is attached to the failure ({@link
 * Failure#attached()}), and the connection is thrown away; so is one that was lost. What may be tried again, {@link SqlRetry} knows. What ends a transaction by itself is beyond a rollback: a commit in SQL or in a procedure, and in many
 * databases (H2, MySQL, Oracle) each statement that defines something, such as {@code create table}. What cannot be done in a transaction ({@code vacuum} of PostgreSQL) is for {@link #runWithConnection}.
 *
 * <p><b>Cancellation</b>: the Deferred fails at once, and a time-out is a cancel. An operation that waits for a connection never gets one. The statement of one that has a connection is cancelled by {@link java.sql.Statement#cancel()}, on another thread, until it ends; only then is the connection rolled back, looked at, and given back. Where the commit is already
 * on its way, the failure is {@link OutcomeUnknownException} instead. A single query on a connection that commits by itself may be complete in spite of the cancel: what changes data belongs in an operation or interaction. PostgreSQL, H2, SQLite and DuckDB heed a cancel; HSQLDB ignores it, and keeps the connection busy until the statement ends by itself,
 * as {@link #underWay()} shows. No thread is ever interrupted.
 *
 * <p>This class is safe for use by any thread.
 */
public final class ConnectionPool implements AutoCloseable {
    private final DataSource dataSource;
    private final PoolOptions options;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor cancelThreads;
    private final Slots slots;
    private final Closing closing;

    /** One cancels its statement, the other takes its connection away when the first one hangs. */
    private static final int THREADS_TO_END_ONE = 2;

    /** The pool whose thread this is. */
    private static final ThreadLocal<@Nullable ConnectionPool> OF_THREAD = new ThreadLocal<>();

    /**
     * Makes one with the {@linkplain PoolOptions#ofSize defaults}.
     *
     * @param dataSource gives the connections. It stays the caller's, to be closed after this
     * @param size how many operations run at a time at most; as many as the data source has connections
     * @throws IllegalArgumentException if that is less than one
     */
    public ConnectionPool(DataSource dataSource, int size) {
        this(dataSource, PoolOptions.ofSize(size));
    }

    /**
     * Makes one. No thread is started and no connection is taken before the first operation.
     *
     * @param dataSource gives the connections. It stays the caller's, to be closed after this
     * @param options how it works
     */
    public ConnectionPool(DataSource dataSource, PoolOptions options) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.options = options;
        ThreadFactory factory =
                options.threads == null ? PoolThreads.daemons("deferred-" + options.name) : options.threads;
        this.threads = PoolThreads.of(options.size, task -> thread(factory, task));
        this.cancelThreads = PoolThreads.of(
                THREADS_TO_END_ONE * options.size, PoolThreads.daemons("deferred-" + options.name + "-cancel"));
        this.slots = new Slots(options.size, threads, this::idle);
        this.closing = new Closing(slots, options.scheduler, cancelThreads, options.name);
    }

    private Thread thread(ThreadFactory factory, Runnable task) {
        return Objects.requireNonNull(
                factory.newThread(() -> runAsOwn(task)), "the thread factory gave null for a thread");
    }

    private void runAsOwn(Runnable task) {
        OF_THREAD.set(this);
        try {
            task.run();
        } finally {
            OF_THREAD.remove();
        }
    }

    // ---- operations

    /**
     * Runs a query and gives all of its rows. It is a transaction of its own. Twisted's {@code runQuery}.
     *
     * @param sql with a question mark for each parameter
     * @param mapper makes an object of each row
     * @param parameters bound in this order; null is one
     * @param <R> the type of the objects
     * @return a new Deferred, labelled with the SQL, which gives a new list. For more rows than fit into memory there is {@link #runQueryByPages}
     * @throws IllegalArgumentException if a parameter is a Deferred
     */
    public <R extends @Nullable Object> Deferred<List<R>> runQuery(
            String sql, RowMapper<? extends R> mapper, @Nullable Object... parameters) {
        Objects.requireNonNull(mapper, "mapper");
        @Nullable Object[] bound = Binding.taken(sql, parameters);
        return submit(Labels.of(sql), Ending.AS_THE_CONNECTION_IS, session -> session.<R>query(sql, mapper, bound));
    }

    /**
     * Runs a query whose rows are too many to keep, a page at a time. The transaction and the connection last until the last page has been consumed. Whether the driver keeps only a page in memory is up to it: PostgreSQL's does; H2 keeps all of them, as it is a database in memory of this process.
     *
     * @param sql with a question mark for each parameter
     * @param pageSize how many rows there are in a page
     * @param mapper makes an object of each row
     * @param consumer takes each page; the next one is read when the Deferred that it returns has fired. What it does on this same pool needs a second connection: if all are kept by queries that wait for theirs, none goes on
     * @param parameters bound in this order; null is one
     * @param <R> the type of the objects
     * @return a new Deferred, labelled with the SQL, which gives the number of rows when all have been consumed. Cancelling it also cancels what the consumer has returned
     * @throws IllegalArgumentException if a parameter is a Deferred, or a page has less than one row
     */
    public <R extends @Nullable Object> Deferred<Long> runQueryByPages(
            String sql,
            int pageSize,
            RowMapper<? extends R> mapper,
            PageConsumer<? super R> consumer,
            @Nullable Object... parameters) {
        if (pageSize < 1) {
            throw new IllegalArgumentException("a page needs at least one row, not " + pageSize);
        }
        Objects.requireNonNull(mapper, "mapper");
        Objects.requireNonNull(consumer, "consumer");
        @Nullable Object[] bound = Binding.taken(sql, parameters);
        return submit(
                Labels.of(sql), Ending.COMMIT, session -> session.<R>pages(sql, pageSize, mapper, consumer, bound));
    }

    /**
     * Runs a statement that changes something, as a transaction. Twisted's {@code runOperation}.
     *
     * @param sql with a question mark for each parameter
     * @param parameters bound in this order; null is one
     * @return a new Deferred, labelled with the SQL, which gives how many rows it has changed, zero for what changes none
     * @throws IllegalArgumentException if a parameter is a Deferred
     */
    public Deferred<Integer> runOperation(String sql, @Nullable Object... parameters) {
        @Nullable Object[] bound = Binding.taken(sql, parameters);
        return submit(Labels.of(sql), Ending.COMMIT, session -> session.execute(sql, bound));
    }

    /**
     * Runs a statement many times, in one transaction: all or nothing.
     *
     * @param sql with a question mark for each parameter
     * @param batch the parameters of each time; at least one set of them
     * @return a new Deferred, labelled with the SQL, which gives how many rows each of them has changed, or {@link java.sql.Statement#SUCCESS_NO_INFO} where the driver does not know
     * @throws IllegalArgumentException if the batch is empty, or a parameter is a Deferred
     */
    public Deferred<int[]> runBatch(String sql, List<? extends List<? extends @Nullable Object>> batch) {
        List<@Nullable Object[]> bound = Binding.checked(sql, batch);
        return submit(Labels.of(sql), Ending.COMMIT, session -> session.batch(sql, bound));
    }

    /**
     * Runs a function in a transaction, which is committed when the function returns, and rolled back if it throws. Twisted's {@code runInteraction}.
     *
     * @param function does the work, on a thread of the pool; it may block
     * @param <R> the type of its result
     * @return a new Deferred, labelled "interaction" until it is named otherwise, which gives the function's result once it is committed
     */
    public <R extends @Nullable Object> Deferred<R> runInteraction(InteractionFunction<? extends R> function) {
        Objects.requireNonNull(function, "function");
        return submit("interaction", Ending.COMMIT, session -> function.run(new Transaction(session)));
    }

    /**
     * Runs a function with a connection as the data source gives it. If that does not commit by itself when the function has returned, it is committed; if the function throws, rolled back. What the function changes of the connection (auto-commit, the isolation) is for the data source to put back, as pools of connections do. Twisted's {@code runWithConnection}.
     *
     * @param function does the work, on a thread of the pool; it may block
     * @param <R> the type of its result
     * @return a new Deferred, labelled "work with a connection" until it is named otherwise, which gives the function's result. Cancelling it cancels the statement that the function is at, and has each further use of the connection throw; what
     *     was committed before, or is being committed just then, stays so
     */
    public <R extends @Nullable Object> Deferred<R> runWithConnection(ConnectionFunction<? extends R> function) {
        Objects.requireNonNull(function, "function");
        return submit(
                "work with a connection",
                Ending.AS_THE_CONNECTION_IS,
                session -> function.run(LentConnection.of(session, LentConnection.Use.FREE)));
    }

    private <T extends @Nullable Object> Deferred<T> submit(
            String label, Ending ending, Callback<? super Session, ? extends T> work) {
        Operation<T> operation = new Operation<>(this, label, ending, ContextPropagation.carry(work));
        if (!slots.submit(operation)) {
            operation.refuse(new Failure(
                    new PoolClosedException("pool '" + options.name + "' is closed, and has refused '" + label + "'")));
        }
        return operation.deferred();
    }

    // ---- looking at it

    /**
     * Lists the operations that are not over: first those that have a connection or are getting one, also if they were cancelled; then those that wait for one, in the order in which they will get it.
     *
     * @return a new list
     */
    public List<UnderWay> underWay() {
        Duration now = now();
        List<UnderWay> all = new ArrayList<>();
        slots.operations().forEach(operation -> all.add(operation.shown(now)));
        return all;
    }

    /** Returns its name, and how much it has to do. */
    @Override
    public String toString() {
        return "ConnectionPool '" + options.name + "' [" + slots.inUse() + " of " + options.size + " in use, "
                + slots.waiting() + " waiting]";
    }

    // ---- closing

    /**
     * Refuses operations from now on: they fail with {@link PoolClosedException}. Those that run or wait may go on until the limit, and are cancelled then; ten seconds later the connections of those that do not heed that are thrown away under them. Never blocks.
     *
     * @param limit zero to cancel them at once; of no effect if it is being closed already
     * @return a new Deferred that fires when nothing runs any more and all connections have been given back; fails with {@link TimeoutException} if even that has not helped within another ten seconds. Cancelling it changes nothing
     * @throws IllegalArgumentException if the limit is negative
     */
    public Deferred<@Nullable Void> shutDown(Duration limit) {
        PoolOptions.checkedLimit(limit);
        return shutDownWithin(closing.limit(limit));
    }

    private Deferred<@Nullable Void> shutDownWithin(Duration inForce) {
        if (slots.close()) {
            closing.start(inForce);
        }
        return closing.ended();
    }

    /**
     * Shuts down, with the limit that the options say, and waits for it: blocks until nothing runs any more and the threads are at their end. If this thread is interrupted meanwhile, it goes on without it.
     *
     * @throws IllegalStateException on a thread of this pool, which would wait for itself; or if something has neither heeded its cancel nor noticed that its connection is gone, which the cause names
     */
    @Override
    public void close() {
        if (OF_THREAD.get() == this) {
            throw new IllegalStateException("close() of " + this
                    + " was called on one of its own threads, and would wait for itself; call shutDown(limit) there");
        }
        Duration limit = closing.limit(options.closeLimit);
        Deferred<@Nullable Void> ended = shutDownWithin(limit);
        try {
            ended.get(Closing.patience(limit));
            awaitEnd(threads);
            awaitEnd(cancelThreads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("pool '" + options.name + "' could not be closed in order", e);
        } finally {
            Deferred<@Nullable Void> unused = ended.handle(failure -> {}); // it has been thrown
        }
    }

    private static void awaitEnd(ThreadPoolExecutor threads) throws InterruptedException {
        if (!threads.awaitTermination(Closing.AFTERMATH.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("a thread has not ended, although nothing is left to do: " + threads);
        }
    }

    /** Everything has been given back. */
    private void idle() {
        threads.shutdown();
        cancelThreads.shutdown();
        closing.idle();
    }

    // ---- for its operations

    Duration now() {
        return options.scheduler.now();
    }

    Lease lend() throws SQLException {
        return new Lease(
                Objects.requireNonNull(dataSource.getConnection(), "the data source gave null for a connection"),
                options.disposal);
    }

    void withdraw(Operation<?> operation) {
        slots.withdraw(operation);
    }

    void cancelStatementsOf(Operation<?> operation, Running running) {
        StatementCancel cancel = new StatementCancel(operation, running, cancelThreads, options.scheduler);
        if (running.attach(cancel)) {
            cancel.start();
        }
    }
}
