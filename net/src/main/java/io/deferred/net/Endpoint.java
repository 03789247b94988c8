// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect to, or to listen: a host, a port, and whether TLS is spoken there. Twisted's endpoints. Immutable.
 *
 * <pre>{@code
 * Endpoint.of("example.com", 993).tls(Tls.system())     // to connect to
 * Endpoint.local(0)                                     // to listen on a free port of this machine, for this machine
 * Endpoint.everywhere(8080)                             // to listen for everybody
 * }</pre>
 */
public final class Endpoint {
    private final String host;
    private final int port;
    private final @Nullable Tls tls;

    private Endpoint(String host, int port, @Nullable Tls tls) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("an endpoint needs the name or the address of a host; it was blank");
        }
        this.host = host;
        this.port = Checks.port(port, 0);
        this.tls = tls;
    }

    /**
     * Names a host and a port.
     *
     * @param host a name or an address; to listen, an address of this machine
     * @param port from 1 to 65535; to listen, also 0, for one that is free
     * @return a new endpoint, without TLS
     * @throws IllegalArgumentException if the host is blank, or the port is none
     */
    public static Endpoint of(String host, int port) {
        return new Endpoint(host, port, null);
    }

    /**
     * Names a port of this machine, for this machine alone.
     *
     * @param port from 1 to 65535; to listen, also 0, for one that is free
     * @return a new endpoint, {@code 127.0.0.1}
     */
    public static Endpoint local(int port) {
        return of("127.0.0.1", port);
    }

    /**
     * Names a port on all addresses of this machine, to listen.
     *
     * @param port from 1 to 65535, or 0 for one that is free
     * @return a new endpoint, {@code 0.0.0.0}
     */
    public static Endpoint everywhere(int port) {
        return of("0.0.0.0", port);
    }

    /**
     * The same with TLS.
     *
     * @param how whom to trust, and who this side is
     * @return a new endpoint
     */
    public Endpoint tls(Tls how) {
        return new Endpoint(host, port, Objects.requireNonNull(how, "how"));
    }

    /**
     * Returns the host.
     *
     * @return as it was given
     */
    public String host() {
        return host;
    }

    /**
     * Returns the port.
     *
     * @return from 0 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * Returns how TLS is spoken.
     *
     * @return empty if it is not
     */
    public Optional<Tls> tls() {
        return Optional.ofNullable(tls);
    }

    /** Returns host and port, as {@code tls://host:port} or {@code tcp://host:port}. */
    @Override
    public String toString() {
        return (tls == null ? "tcp://" : "tls://") + host + ":" + port;
    }
}
