// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A port that refuses connections for sure: it is taken, and nobody listens there. */
final class DeadPort implements AutoCloseable {
    private final Socket socket = new Socket();

    DeadPort() throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    URI address() {
        return URI.create("http://" + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
