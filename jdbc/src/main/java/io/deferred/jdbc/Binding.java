// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Deferred;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parameters of statements: checked when the operation is asked for, bound when it runs. */
final class Binding {
    private Binding() {}

    /** Refuses what cannot be one. */
    static @Nullable Object[] checked(String sql, @Nullable Object... parameters) {
        Objects.requireNonNull(parameters, "parameters; to bind null, write (Object) null");
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Deferred<?> deferred) {
                throw new IllegalArgumentException("parameter " + (i + 1) + " of '" + Labels.of(sql) + "' is "
                        + withoutResult(deferred)
                        + "; wait for it, and give its result: chainCallback(v -> pool.run…)");
            }
        }
        return parameters;
    }

    /** The result was meant to be a parameter, which no message shows. */
    private static String withoutResult(Deferred<?> deferred) {
        String shown = deferred.toString();
        int result = shown.indexOf(" current result: ");
        return result < 0 ? shown : shown.substring(0, result);
    }

    /** The same for use later: a copy, because the caller may go on to use the array for something else. */
    static @Nullable Object[] taken(String sql, @Nullable Object... parameters) {
        return checked(sql, parameters).clone();
    }

    static List<@Nullable Object[]> checked(String sql, List<? extends List<? extends @Nullable Object>> batch) {
        if (batch.isEmpty()) {
            throw new IllegalArgumentException(
                    "the batch of '" + Labels.of(sql) + "' has no parameters: nothing would be done");
        }
        List<@Nullable Object[]> copies = new ArrayList<>(batch.size());
        for (List<? extends @Nullable Object> parameters : batch) {
            copies.add(checked(sql, parameters.toArray()));
        }
        return copies;
    }

    static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, forDriver(parameters[i]));
        }
    }

    /** Of the types of java.time JDBC knows all but this one. */
    private static @Nullable Object forDriver(@Nullable Object parameter) {
        return parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter;
    }
}
