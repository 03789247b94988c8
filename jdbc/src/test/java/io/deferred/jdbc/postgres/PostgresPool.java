// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deferred.jdbc.ConnectionPool;
import io.deferred.jdbc.PoolOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A pool on a server, for one test: HikariCP in between. At the end nothing may be left, here or on the server. */
final class PostgresPool implements BeforeEachCallback, AfterEachCallback {
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String NAME = "pg";

    private final PostgresServer server;
    private final int size;

    private HikariDataSource hikari;
    ConnectionPool pool;

    PostgresPool(PostgresServer server, int size) {
        this.server = server;
        this.size = size;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url() + "&ApplicationName=" + NAME);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(10_000);
        hikari = new HikariDataSource(config);
        pool = new ConnectionPool(
                hikari,
                PoolOptions.ofSize(size)
                        .named(NAME)
                        .throwingAwayBy(hikari::evictConnection)
                        .closeLimit(Duration.ZERO));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        pool.close();
        assertThat(pool).hasToString("ConnectionPool 'pg' [0 of " + size + " in use, 0 waiting]");
        assertThat(hikari.getHikariPoolMXBean().getActiveConnections()).isZero();
        hikari.close();
        awaitTrue(() -> numberOf("select count(*) from pg_stat_activity where application_name = '" + NAME + "'") == 0);
        awaitTrue(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("deferred-" + NAME)));
    }

    /** Directly, beside the pool. */
    void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    Set<Integer> numbers(String sql) {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Set<Integer> numbers = new HashSet<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int numberOf(String sql) {
        return numbers(sql).iterator().next();
    }

    /** How many statements run on the server that contain these words. */
    int running(String words) {
        return numberOf("select count(*) from pg_stat_activity where state = 'active' and application_name = '" + NAME
                + "' and query like '%" + words + "%'");
    }

    static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            Thread.onSpinWait();
        }
    }
}
