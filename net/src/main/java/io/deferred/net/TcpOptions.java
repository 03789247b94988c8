// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.time.Duration;

/**
 * Limits and time-outs of a TCP connection. Immutable; begin with {@link #defaults()} and change what is to be different.
 *
 * @param connectWithin how long connecting may take, TLS included (30 seconds)
 * @param idleWithin a connection on which nothing has come and nothing has been sent for so long is lost, with {@link LossReason#IDLE}; zero means never (never). It finds peers that have vanished
 * @param closeWithin how long {@link Connection#close()} waits for the peer to take what has been written; then the connection is aborted (10 seconds)
 * @param writeMark when more bytes than that wait to be sent, {@link Connection#whenWritable()} waits until they are half of it (64 KiB)
 * @param writeLimit when more bytes than that wait to be sent, the connection is lost, with {@link LossReason#PEER_TOO_SLOW} (16 MiB)
 * @param maxConnections of a port; whoever comes then is turned away (10,000)
 */
public record TcpOptions(
        Duration connectWithin,
        Duration idleWithin,
        Duration closeWithin,
        int writeMark,
        int writeLimit,
        int maxConnections) {
    private static final TcpOptions DEFAULTS = new TcpOptions(
            Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(10), 64 * 1024, 16 * 1024 * 1024, 10_000);

    /**
     * Makes one of all its parts.
     *
     * @param connectWithin as said of the record
     * @param idleWithin as said of the record
     * @param closeWithin as said of the record
     * @param writeMark as said of the record
     * @param writeLimit as said of the record
     * @param maxConnections as said of the record
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public TcpOptions {
        Checks.positive(connectWithin, "connectWithin");
        Checks.notNegative(idleWithin, "idleWithin");
        Checks.positive(closeWithin, "closeWithin");
        Checks.positive(writeMark, "writeMark");
        Checks.positive(maxConnections, "maxConnections");
        if (writeLimit < writeMark) {
            throw new IllegalArgumentException(
                    "writeLimit must not be less than writeMark: " + writeLimit + " is less than " + writeMark);
        }
    }

    /**
     * Returns the defaults: the values in brackets above.
     *
     * @return always the same
     */
    public static TcpOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another {@code connectWithin}.
     *
     * @param time positive
     * @return new options
     */
    public TcpOptions withConnectWithin(Duration time) {
        return new TcpOptions(time, idleWithin, closeWithin, writeMark, writeLimit, maxConnections);
    }

    /**
     * The same with another {@code idleWithin}.
     *
     * @param time positive, or zero for never
     * @return new options
     */
    public TcpOptions withIdleWithin(Duration time) {
        return new TcpOptions(connectWithin, time, closeWithin, writeMark, writeLimit, maxConnections);
    }

    /**
     * The same with another {@code closeWithin}.
     *
     * @param time positive
     * @return new options
     */
    public TcpOptions withCloseWithin(Duration time) {
        return new TcpOptions(connectWithin, idleWithin, time, writeMark, writeLimit, maxConnections);
    }

    /**
     * The same with other limits of what waits to be sent.
     *
     * @param mark in bytes, positive
     * @param limit in bytes, not less than the mark
     * @return new options
     */
    public TcpOptions withWriteLimits(int mark, int limit) {
        return new TcpOptions(connectWithin, idleWithin, closeWithin, mark, limit, maxConnections);
    }

    /**
     * The same with another {@code maxConnections}.
     *
     * @param number positive
     * @return new options
     */
    public TcpOptions withMaxConnections(int number) {
        return new TcpOptions(connectWithin, idleWithin, closeWithin, writeMark, writeLimit, number);
    }
}
