// SPDX-License-Identifier: Apache-2.0
package outside;

import io.deferred.jdbc.ConnectionPool;
import java.time.Duration;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** A program of a user, started by {@link io.deferred.jdbc.ModuleTest}. */
public final class PlainProgram {
    private PlainProgram() {}

    /** Asks a database for a number. */
    public static void main(String[] args) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:");
        try (ConnectionPool pool = new ConnectionPool(source, 1)) {
            System.out.println(pool.runInteraction(tx -> {
                        try (var statement = tx.connection().prepareStatement("select 42");
                                var rows = statement.executeQuery()) {
                            rows.next();
                            return List.of(rows.getInt(1));
                        }
                    })
                    .get(Duration.ofMinutes(1)));
        }
        System.out.println(ConnectionPool.class.getModule());
    }
}
