// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, within {@link ConnectionPool#runInteraction}: statements one after the other, each blocking until it is done. Twisted's {@code Transaction}.
 *
 * <p>To be used by the thread that runs the function, and until that has returned. When the interaction is cancelled, the statement that runs is cancelled, and each further call here throws {@link io.deferred.CancelledException}.
 */
public final class Transaction {
    private final Session session;

    Transaction(Session session) {
        this.session = session;
    }

    /**
     * Runs a query.
     *
     * @param sql with a question mark for each parameter
     * @param mapper makes an object of each row
     * @param parameters bound in this order; null is one
     * @param <R> the type of the objects
     * @return all rows, in a new list
     * @throws SQLException the driver's
     * @throws Exception what the mapper has thrown
     */
    public <R extends @Nullable Object> List<R> query(
            String sql, RowMapper<? extends R> mapper, @Nullable Object... parameters) throws Exception {
        Objects.requireNonNull(mapper, "mapper");
        return open().query(sql, mapper, Binding.checked(sql, parameters));
    }

    /**
     * Runs a statement that changes something.
     *
     * @param sql with a question mark for each parameter
     * @param parameters bound in this order; null is one
     * @return how many rows it has changed
     * @throws SQLException the driver's
     */
    public int execute(String sql, @Nullable Object... parameters) throws SQLException {
        return open().execute(sql, Binding.checked(sql, parameters));
    }

    /**
     * Runs a statement many times.
     *
     * @param sql with a question mark for each parameter
     * @param batch the parameters of each time; at least one set of them
     * @return how many rows each has changed, or {@link java.sql.Statement#SUCCESS_NO_INFO}
     * @throws SQLException the driver's
     */
    public int[] batch(String sql, List<? extends List<? extends @Nullable Object>> batch) throws SQLException {
        return open().batch(sql, Binding.checked(sql, batch));
    }

    /**
     * Returns the connection, for what JDBC can do and this cannot: savepoints, the isolation, large objects. Statements that are made by it are cancelled with the interaction.
     *
     * @return refuses to commit, to roll back as a whole, and to change whether it commits by itself; its {@code close()} does nothing. What is reached around it ({@code unwrap}, {@code getConnection()} of a statement) is the data source's own, and refuses nothing
     */
    public Connection connection() {
        return LentConnection.of(open(), LentConnection.Use.IN_TRANSACTION);
    }

    private Session open() {
        session.checkUsable();
        return session;
    }
}
