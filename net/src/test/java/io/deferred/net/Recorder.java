// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protocol that keeps what it is told. */
class Recorder implements Protocol {
    final Deferred<Connection> made = new Deferred<>();
    final Deferred<ConnectionLostException> lost = new Deferred<>();
    final DeferredQueue<String> chunks = new DeferredQueue<>();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    @Override
    public void connectionMade(Connection connection) {
        made.callback(connection);
    }

    @Override
    public void dataReceived(Connection connection, byte[] data) throws Exception {
        synchronized (all) {
            all.write(data);
        }
        chunks.put(new String(data, StandardCharsets.UTF_8));
    }

    @Override
    public void connectionLost(Connection connection, ConnectionLostException reason) {
        lost.callback(reason);
    }

    String text() {
        synchronized (all) {
            return all.toString(StandardCharsets.UTF_8);
        }
    }

    int received() {
        synchronized (all) {
            return all.size();
        }
    }
}
