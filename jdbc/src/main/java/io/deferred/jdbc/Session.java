// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Callback;
import io.deferred.Deferred;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connection of an operation, and the statements on it, while the operation runs. Confined to the thread that runs it. */
final class Session {
    final Connection connection;
    final Running running;
    private volatile boolean over;

    private Session(Connection connection, Running running) {
        this.connection = connection;
        this.running = running;
    }

    /** Does the work, and is over then, whoever has kept a reference to it. */
    static <T extends @Nullable Object> T run(
            Connection connection, Running running, Callback<? super Session, ? extends T> work) throws Exception {
        Session session = new Session(connection, running);
        try {
            return work.call(session);
        } finally {
            session.over = true;
        }
    }

    /** For what is called by a user. */
    void checkUsable() {
        if (over) {
            throw new IllegalStateException(
                    "the function has returned, and its connection is given back; all of the work belongs within the function");
        }
        running.checkWanted();
    }

    <R extends @Nullable Object> List<R> query(String sql, RowMapper<? extends R> mapper, @Nullable Object[] parameters)
            throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binding.bind(statement, parameters);
            running.begin(statement, sql);
            try (ResultSet rows = statement.executeQuery()) {
                List<R> all = new ArrayList<>();
                while (rows.next()) {
                    running.checkWanted();
                    all.add(mapper.map(rows));
                }
                return all;
            } finally {
                running.end();
            }
        }
    }

    int execute(String sql, @Nullable Object[] parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binding.bind(statement, parameters);
            running.begin(statement, sql);
            try {
                return statement.executeUpdate();
            } finally {
                running.end();
            }
        }
    }

    int[] batch(String sql, List<@Nullable Object[]> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] parameters : batch) {
                Binding.bind(statement, parameters);
                statement.addBatch();
            }
            running.begin(statement, sql);
            try {
                return statement.executeBatch();
            } finally {
                running.end();
            }
        }
    }

    <R extends @Nullable Object> long pages(
            String sql,
            int pageSize,
            RowMapper<? extends R> mapper,
            PageConsumer<? super R> consumer,
            @Nullable Object[] parameters)
            throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(pageSize);
            Binding.bind(statement, parameters);
            running.begin(statement, sql);
            try (ResultSet rows = statement.executeQuery()) {
                long count = 0;
                List<R> page = new ArrayList<>();
                while (rows.next()) {
                    running.checkWanted();
                    page.add(mapper.map(rows));
                    count++;
                    if (page.size() == pageSize) {
                        consume(page, consumer);
                        page = new ArrayList<>();
                    }
                }
                if (!page.isEmpty()) {
                    consume(page, consumer);
                }
                return count;
            } finally {
                running.end();
            }
        }
    }

    private <R extends @Nullable Object> void consume(List<R> page, PageConsumer<? super R> consumer) throws Exception {
        @SuppressWarnings("unchecked") // the list is the consumer's own from here on: what it adds nobody reads
        PageConsumer<R> own = (PageConsumer<R>) consumer;
        Deferred<?> ready = own.page(page);
        Objects.requireNonNull(ready, "the page consumer returned null for a Deferred");
        running.await(ready);
    }
}
