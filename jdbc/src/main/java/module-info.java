// SPDX-License-Identifier: Apache-2.0

/**
 * Database operations through Deferreds: Twisted's {@code adbapi}, on any {@link javax.sql.DataSource}.
 *
 * <p>All of the API is in {@link io.deferred.jdbc}. Drivers and pools of connections are the user's; the module needs none.
 */
module io.deferred.jdbc {
    requires transitive io.deferred;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    // API
    exports io.deferred.jdbc;
}
