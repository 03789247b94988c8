// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.deferred.bench.ChildJvm;
import io.deferred.jdbc.ConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JVM that measures. */
final class JdbcChild {
    private static final int THREADS = 4;

    private JdbcChild() {}

    /**
     * Measures and ends.
     *
     * @param args the file for the figures, how many rounds each side has, and the URL of the database
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<JdbcFigure> figures = new ArrayList<>();
        // A source each, with the same settings: HikariCP remembers which thread has had which connection.
        try (HikariDataSource plainSource = source(args[2]);
                HikariDataSource deferredSource = source(args[2]);
                ConnectionPool pool = new ConnectionPool(deferredSource, THREADS)) {
            makeTable(plainSource);
            Side plain = new PlainSide(plainSource, threads);
            Side deferred = new DeferredSide(pool);
            for (Task task : Task.values()) {
                rounds(task, plain, deferred, rounds); // to warm up
                figures.add(rounds(task, plain, deferred, rounds));
            }
            execute(plainSource, "drop table " + Task.TABLE);
        } catch (SQLException | HikariPool.PoolInitializationException e) {
            System.err.println("The database cannot be worked with: " + e.getMessage());
            System.exit(1);
        } finally {
            threads.shutdown();
        }
        ChildJvm.answer(args, figures);
    }

    private static HikariDataSource source(String url) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(url);
        source.setMaximumPoolSize(THREADS);
        return source;
    }

    private static void makeTable(HikariDataSource source) throws SQLException {
        execute(source, "drop table if exists " + Task.TABLE);
        execute(source, "create table " + Task.TABLE + "(id int primary key, balance int not null)");
        for (int id = 0; id < Side.ACCOUNTS; id++) {
            execute(source, "insert into " + Task.TABLE + " values (" + id + ", 1)");
        }
    }

    private static void execute(HikariDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** They take turns; who is first changes from pair to pair. */
    private static JdbcFigure rounds(Task task, Side plain, Side deferred, int rounds) throws Exception {
        long[] plainNanos = new long[rounds];
        long[] deferredNanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            if (i % 2 == 0) {
                plainNanos[i] = nanos(task, plain);
                deferredNanos[i] = nanos(task, deferred);
            } else {
                deferredNanos[i] = nanos(task, deferred);
                plainNanos[i] = nanos(task, plain);
            }
        }
        return JdbcFigure.of(task, plainNanos, deferredNanos);
    }

    private static long nanos(Task task, Side side) throws Exception {
        long begin = System.nanoTime();
        long sum = side.run(task, task.perRound);
        long nanos = System.nanoTime() - begin;
        if (sum != (long) task.expected() * task.perRound) {
            throw new IllegalStateException(side + " has read or changed " + sum + " rows in " + task);
        }
        return nanos;
    }
}
