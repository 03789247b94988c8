// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits and time-outs of a {@link HttpAgent}. Immutable; begin with {@link #defaults()} and change what is to be different. How long a whole request may take is for {@link io.deferred.Deferred#addTimeout} to say.
 *
 * @param protocol what is spoken ({@link HttpProtocol#NEGOTIATED})
 * @param tls whom to trust, and who this side is ({@link Tls#system()})
 * @param connectWithin how long a request may wait for its connection: for a new one, with TLS and the first word of HTTP/2, or for one that others use (10 seconds)
 * @param idleWithin an exchange in which nothing comes for so long is aborted, and a connection that nobody uses is closed (60 seconds). So is a response whose body nobody reads
 * @param maxPerHost connections to a host, of HTTP/1.1; of HTTP/2 there is one (8)
 * @param maxWaiting requests that wait for a connection to their host; more fail (1,000)
 * @param maxRedirects how often a request is sent on; zero gives redirects to the caller as they are (5)
 * @param bodyLimit of a body that is read as bytes or as text, in bytes (16 MiB)
 */
public record HttpAgentOptions(
        HttpProtocol protocol,
        Tls tls,
        Duration connectWithin,
        Duration idleWithin,
        int maxPerHost,
        int maxWaiting,
        int maxRedirects,
        long bodyLimit) {
    private static final HttpAgentOptions DEFAULTS = new HttpAgentOptions(
            HttpProtocol.NEGOTIATED,
            Tls.system(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            8,
            1_000,
            5,
            16L * 1024 * 1024);

    /**
     * Makes one of all its parts.
     *
     * @param protocol as said of the record
     * @param tls as said of the record
     * @param connectWithin as said of the record
     * @param idleWithin as said of the record
     * @param maxPerHost as said of the record
     * @param maxWaiting as said of the record
     * @param maxRedirects as said of the record
     * @param bodyLimit as said of the record
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public HttpAgentOptions {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(tls, "tls");
        Checks.positive(connectWithin, "connectWithin");
        Checks.positive(idleWithin, "idleWithin");
        Checks.positive(maxPerHost, "maxPerHost");
        Checks.positive(maxWaiting, "maxWaiting");
        Checks.notNegative(maxRedirects, "maxRedirects");
        Checks.notNegative(bodyLimit, "bodyLimit");
    }

    /**
     * Returns the defaults: the values in brackets above.
     *
     * @return always the same
     */
    public static HttpAgentOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another {@code protocol}.
     *
     * @param other what is spoken
     * @return new options
     */
    public HttpAgentOptions withProtocol(HttpProtocol other) {
        return new HttpAgentOptions(
                other, tls, connectWithin, idleWithin, maxPerHost, maxWaiting, maxRedirects, bodyLimit);
    }

    /**
     * The same with another {@code tls}.
     *
     * @param other whom to trust, and who this side is
     * @return new options
     */
    public HttpAgentOptions withTls(Tls other) {
        return new HttpAgentOptions(
                protocol, other, connectWithin, idleWithin, maxPerHost, maxWaiting, maxRedirects, bodyLimit);
    }

    /**
     * The same with other time-outs.
     *
     * @param connecting the new {@code connectWithin}
     * @param idle the new {@code idleWithin}
     * @return new options
     */
    public HttpAgentOptions withTimeouts(Duration connecting, Duration idle) {
        return new HttpAgentOptions(protocol, tls, connecting, idle, maxPerHost, maxWaiting, maxRedirects, bodyLimit);
    }

    /**
     * The same with another pool.
     *
     * @param connections the new {@code maxPerHost}
     * @param waiting the new {@code maxWaiting}
     * @return new options
     */
    public HttpAgentOptions withPool(int connections, int waiting) {
        return new HttpAgentOptions(
                protocol, tls, connectWithin, idleWithin, connections, waiting, maxRedirects, bodyLimit);
    }

    /**
     * The same with another {@code maxRedirects}.
     *
     * @param number zero or more
     * @return new options
     */
    public HttpAgentOptions withMaxRedirects(int number) {
        return new HttpAgentOptions(
                protocol, tls, connectWithin, idleWithin, maxPerHost, maxWaiting, number, bodyLimit);
    }

    /**
     * The same with another {@code bodyLimit}.
     *
     * @param bytes zero or more
     * @return new options
     */
    public HttpAgentOptions withBodyLimit(long bytes) {
        return new HttpAgentOptions(
                protocol, tls, connectWithin, idleWithin, maxPerHost, maxWaiting, maxRedirects, bytes);
    }
}
