// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import com.sun.net.httpserver.HttpHandler;
import io.deferred.linkcheck.serve.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server for one test, which notes what it is asked: "GET /path". */
public final class Served implements AutoCloseable {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;

    public Served(HttpHandler handler) throws IOException {
        server = new LoopbackServer(exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            handler.handle(exchange);
        });
    }

    public URI address(String path) {
        return server.address().resolve(path);
    }

    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.close();
    }
}
