// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.VirtualClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of its own for each test: H2 in memory behind HikariCP, with two accounts. At the end nothing may be left: no connection, thread, or armed call; of failures and Deferreds the test kit takes care. */
public final class Bank implements BeforeEachCallback, AfterEachCallback {
    static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String THREADS = "deferred-bank";

    private final int size;
    private final List<ConnectionPool> pools = new ArrayList<>();

    /** All times of the pools. */
    public final VirtualClock clock = new VirtualClock();

    HikariDataSource hikari;
    Faults faults;

    public Bank(int size) {
        this.size = size;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        Gate.reset();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"); // also without a connection
        config.setMaximumPoolSize(size + 1); // one for the tests themselves
        hikari = new HikariDataSource(config);
        faults = new Faults(hikari);
        run("create table account(id varchar primary key, balance int not null check (balance >= 0))");
        run("insert into account values ('ann', 100), ('bob', 100)");
        run("create alias gate for 'io.deferred.jdbc.Gate.pass'");
        run("create alias tick for 'io.deferred.jdbc.Gate.tick'");
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        Gate.open();
        faults.clear();
        pools.forEach(ConnectionPool::close);
        assertThat(hikari.getHikariPoolMXBean().getActiveConnections())
                .as("connections in use")
                .isZero();
        run("set db_close_delay 0");
        hikari.close();
        assertThat(clock.delayedCalls()).isEmpty();
        awaitNoThread();
    }

    /** A thread may be alive for a moment when it has told that it ends. */
    static void awaitNoThread() {
        awaitTrue(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(THREADS)));
    }

    PoolOptions options() {
        return PoolOptions.ofSize(size)
                .named("bank")
                .scheduler(clock)
                .throwingAwayBy(hikari::evictConnection)
                .closeLimit(Duration.ZERO);
    }

    public ConnectionPool pool() {
        return pool(options());
    }

    ConnectionPool pool(PoolOptions options) {
        return pool(hikari, options);
    }

    /** One whose connections have the faults that the test asks for. */
    ConnectionPool faultyPool() {
        return pool(faults, options().throwingAwayBy(connection -> {
            faults.thrownAway.incrementAndGet();
            hikari.evictConnection(connection.unwrap(Connection.class));
        }));
    }

    ConnectionPool pool(DataSource source, PoolOptions options) {
        ConnectionPool pool = new ConnectionPool(source, options);
        pools.add(pool);
        return pool;
    }

    /** One that the test has closed itself. */
    void forget(ConnectionPool pool) {
        pools.remove(pool);
    }

    /** Directly, beside the pool. */
    void run(String sql) throws SQLException {
        try (Connection connection = hikari.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int balanceOf(String account) throws SQLException {
        return number("select balance from account where id = '" + account + "'");
    }

    int number(String sql) throws SQLException {
        try (Connection connection = hikari.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    int connectionsInUse() {
        return hikari.getHikariPoolMXBean().getActiveConnections();
    }

    /** What it gives, when it does. */
    public static <T> T result(Deferred<T> deferred) throws Exception {
        return deferred.get(LIMIT);
    }

    /** What it fails with, when it does; it is handled then. */
    static Failure failureOf(Deferred<?> deferred) throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        AtomicReference<Failure> seen = new AtomicReference<>();
        Deferred<Void> unused = deferred.handle(seen::set).tapBoth(outcome -> fired.countDown());
        await(fired);
        assertThat(seen.get()).as("the failure of %s", deferred).isNotNull();
        return seen.get();
    }

    static Throwable errorOf(Deferred<?> deferred) throws InterruptedException {
        return failureOf(deferred).exception();
    }

    /** Waits for what another thread is certain to do, if nothing is broken. */
    public static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("waited in vain for another thread")
                .isTrue();
    }

    /** Whether the thread is in a method of that name. */
    static boolean isIn(String thread, String method) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().equals(thread))
                .flatMap(e -> List.of(e.getValue()).stream())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    /** Waits until the pool has nothing to do any more. */
    static void awaitIdle(ConnectionPool pool) {
        awaitTrue(() -> pool.underWay().isEmpty());
    }

    /** Waits for what will be true soon, and cannot say so by itself. */
    static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            Thread.onSpinWait();
        }
    }
}
