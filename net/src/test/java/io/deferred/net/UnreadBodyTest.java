// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that goes out before the body of its request has come is read to its end by a client that is still sending. */
class UnreadBodyTest {
    private static final byte[] PIECE = new byte[10_000];

    @TempDir
    static Path folder;

    private static Certificates certificates;

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.make(folder);
    }

    private HttpServer serve(Endpoint endpoint, HttpHandler handler) throws Exception {
        HttpLimits patient = HttpLimits.defaults().withHeadersWithin(Duration.ofDays(1));
        return loop.get(HttpServer.listen(loop.reactor(), endpoint, patient, handler));
    }

    private Socket connect(HttpServer server, SocketFactory factory) throws IOException {
        Socket socket = factory.createSocket("localhost", server.port());
        socket.setSoTimeout((int) TestLoop.SOON.toMillis());
        return socket;
    }

    private Socket connect(HttpServer server) throws IOException {
        return connect(server, SocketFactory.getDefault());
    }

    private static SocketFactory trusting() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates.trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context.getSocketFactory();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Throws where the connection is reset. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** A connection that is closed in both directions takes a piece or two: then it is broken. */
    private static String answerWhileSending(Socket socket, String headers) throws IOException {
        send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n" + headers + "\r\n");
        int first = socket.getInputStream().read();
        for (int piece = 0; piece < 50; piece++) {
            socket.getOutputStream().write(PIECE);
        }
        return (char) first + rest(socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    void aClientThatIsStillSendingReadsWhyItIsRefused(String headers) throws Exception {
        HttpServer server =
                serve(Endpoint.local(0), request -> Deferred.fail(new AssertionError("should not come so far")));
        try (Socket socket = connect(server)) {
            assertThat(answerWhileSending(socket, headers))
                    .startsWith("HTTP/1.1 413 ")
                    .containsOnlyOnce("lose\r\n")
                    .endsWith("too large.\n");
        }
        loop.get(server.stop());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    void overTlsItDoesSoToo(String headers) throws Exception {
        HttpServer server = serve(
                Endpoint.local(0).tls(certificates.server()),
                request -> Deferred.fail(new AssertionError("should not come so far")));
        try (Socket socket = connect(server, trusting())) {
            assertThat(answerWhileSending(socket, headers))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith("too large.\n");
        }
        loop.get(server.stop());
    }

    @Test
    void aTransferCodingThatIsNotUndoneIsRefused() throws Exception {
        HttpServer server =
                serve(Endpoint.local(0), request -> Deferred.fail(new AssertionError("should not come so far")));
        try (Socket socket = connect(server)) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.1 501 ");
        }
        loop.get(server.stop());
    }

    @Test
    void aResponseThatSaysThatItsConnectionClosesClosesItThoughTheBodyHasComeMeanwhile() throws Exception {
        Deferred<byte[]> second = new Deferred<>();
        AtomicInteger piece = new AtomicInteger();
        HttpServer server = serve(
                Endpoint.local(0),
                request ->
                        Deferred.succeed(HttpResponse.of(200, HttpBody.stream(() -> switch (piece.incrementAndGet()) {
                            case 1 -> Deferred.succeed("first ".getBytes(StandardCharsets.US_ASCII));
                            case 2 -> second;
                            default -> Deferred.succeed(null);
                        }))));
        try (Socket socket = connect(server)) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
            String begun = until(socket.getInputStream(), "first ");
            send(socket, "cd");
            loop.onLoop(() -> 0); // it has come before what is told from here on
            second.callback("second".getBytes(StandardCharsets.US_ASCII));
            assertThat(begun).containsIgnoringCase("connection: close");
            assertThat(rest(socket)).contains("second");
        }
        loop.get(server.stop());
    }

    private static String until(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            assertThat(next).as("the end after " + read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    @Test
    void aClientThatDoesNotCloseIsCutOff() throws Exception {
        HttpServer server =
                serve(Endpoint.local(0), request -> Deferred.fail(new AssertionError("should not come so far")));
        try (Socket socket = connect(server)) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");
            rest(socket);
            for (int look = 0; look < 5_000 && server.connections() > 0; look++) {
                loop.get(Deferred.deferLater(loop.reactor(), Duration.ofMillis(5)));
            }
            assertThat(server.connections()).isZero();
        }
        loop.get(server.stop());
    }
}
