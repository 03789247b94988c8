// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.deferred.VirtualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a bare socket, which sees when the client lets go. */
class TimedFetcherTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualClock clock = new VirtualClock();
    private final Fetcher fetcher = new TimedFetcher(new HttpFetcher(), LIMIT, clock);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(60_000);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aTimeoutEndsAConnectionThatWasNeverAnswered() throws Exception {
        Deferred<Response> response = fetch();
        try (Socket socket = server.accept()) {
            readRequest(socket);
            clock.advance(LIMIT);

            assertThat(failure(response)).isInstanceOf(TimeoutException.class);
            assertThat(readToEnd(socket)).isEqualTo(-1);
        }
    }

    @Test
    void aTimeoutEndsAConnectionWhoseBodyHasStalled() throws Exception {
        Deferred<Response> response = fetch();
        try (Socket socket = server.accept()) {
            readRequest(socket);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p>"
                            .getBytes(US_ASCII));
            clock.advance(LIMIT);

            assertThat(failure(response)).isInstanceOf(TimeoutException.class);
            assertThat(readToEnd(socket)).isEqualTo(-1);
        }
    }

    @Test
    void theTimeIsNotUpBeforeTheLimit() throws Exception {
        Deferred<Response> response = fetch();
        try (Socket socket = server.accept()) {
            readRequest(socket);
            clock.advance(LIMIT.minusMillis(1));
            assertThat(response.called()).isFalse();
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII));

            assertThat(response.get(Duration.ofSeconds(60)).status()).isEqualTo(204);
            assertThat(clock.delayedCalls()).isEmpty();
        }
    }

    private Deferred<Response> fetch() {
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        return fetcher.fetch(new Request(address, Request.Form.PAGE));
    }

    private static Throwable failure(Deferred<Response> response) {
        Failure failure = ((Outcome.Failed<Response>) response.outcome().orElseThrow()).failure();
        response.handle(ignored -> {});
        return failure.exception();
    }

    private static void readRequest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            read.append((char) in.read());
        }
    }

    /** A reset is an end too, and what is read otherwise would be a second request. */
    private static int readToEnd(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }
}
