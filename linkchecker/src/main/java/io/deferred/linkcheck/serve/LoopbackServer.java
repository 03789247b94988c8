// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.serve;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** The JDK's small server, on a free port of the loopback interface. Its one thread calls the handler. */
public final class LoopbackServer implements AutoCloseable {
    static {
        // Head and body go out in two pieces. Without this the second waits for the client to acknowledge the first,
        // which
        // takes 40 ms. The server reads the property once.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;

    /**
     * Starts it.
     *
     * @param handler answers whatever is asked for; an exchange that it leaves open stays so until this is closed
     * @throws IOException if there is no port
     */
    public LoopbackServer(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
    }

    /** Returns the address of its root, with a slash at the end. */
    public URI address() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
    }

    /** Ends it at once, with all connections. */
    @Override
    public void close() {
        server.stop(0);
    }
}
