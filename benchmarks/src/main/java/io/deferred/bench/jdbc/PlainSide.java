// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** By hand: a pool of threads, and JDBC. */
record PlainSide(DataSource source, ExecutorService threads) implements Side {
    @Override
    public long run(Task task, int howMany) throws Exception {
        CountDownLatch done = new CountDownLatch(howMany); // so that this thread wakes up once, not for each
        List<Future<Integer>> all = new ArrayList<>(howMany);
        for (int i = 0; i < howMany; i++) {
            int id = i % ACCOUNTS;
            int from = 2 * i % ACCOUNTS; // and the next one: pairs that do not wait for each other
            all.add(threads.submit(() -> {
                try {
                    return switch (task) {
                        case ROW -> query(Task.SELECT_ONE, id).size();
                        case ROWS ->
                            query(Task.SELECT, id % (ACCOUNTS - ROWS), id % (ACCOUNTS - ROWS) + ROWS - 1)
                                    .size();
                        case TRANSACTION -> move(from, from + 1);
                    };
                } finally {
                    done.countDown();
                }
            }));
        }
        done.await();
        long sum = 0;
        for (Future<Integer> one : all) {
            sum += one.get();
        }
        return sum;
    }

    private List<Integer> query(String sql, Object... parameters) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<Integer> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(rows.getInt(1));
                }
                return all;
            }
        }
    }

    private int move(int from, int to) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int changed = change(connection, -1, from) + change(connection, 1, to);
                connection.commit();
                return changed;
            } catch (Throwable t) {
                connection.rollback();
                throw t;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static int change(Connection connection, int by, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Task.UPDATE)) {
            statement.setObject(1, by);
            statement.setObject(2, id);
            return statement.executeUpdate();
        }
    }
}
