// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.time.Duration;
import java.util.Optional;

/**
 * An operation of a {@link ConnectionPool} that is not over: it waits for a connection, or has one. Also one that was cancelled, as long as its statement goes on in spite of that and keeps the connection.
 *
 * @param what the SQL, or the kind of operation, also where the Deferred was named otherwise; never a parameter
 * @param waitsFor a connection, or the statement, its function, its commit or the data source, and which thread is at it
 * @param age how long ago it was asked for
 * @param cancelled how long ago it was cancelled; empty if it was not
 */
public record UnderWay(String what, String waitsFor, Duration age, Optional<Duration> cancelled) {
    /** Returns it in a line. */
    @Override
    public String toString() {
        return "'" + what + "', " + age + " old"
                + cancelled.map(since -> ", cancelled " + since + " ago").orElse("") + ", waits for " + waitsFor;
    }
}
