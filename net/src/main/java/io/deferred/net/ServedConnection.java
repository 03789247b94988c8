// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/** A client's connection. It is closed when the headers of a request are awaited for too long. Confined to the loop. */
final class ServedConnection {
    private final Reactor reactor;
    private final HttpConnection connection;
    private final Duration headersWithin;
    private int underWay;
    private boolean closed;
    private Watchdog waiting;

    ServedConnection(Reactor reactor, HttpConnection connection, Duration headersWithin) {
        this.reactor = reactor;
        this.connection = connection;
        this.headersWithin = headersWithin;
        this.waiting = watch();
    }

    private Watchdog watch() {
        return Watchdog.start(reactor, headersWithin, this::look);
    }

    private void look() {
        if (underWay == 0) {
            connection.close();
        } else if (!closed) {
            waiting = watch();
        }
    }

    void begins() {
        underWay++;
    }

    void ends() {
        underWay--;
        waiting.active();
    }

    void close() {
        connection.close();
    }

    void closed() {
        closed = true;
        Watchdog.stop(waiting);
    }
}
