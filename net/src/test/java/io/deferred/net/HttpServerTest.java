// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients may do to a server, each by a socket of the JDK that does just that. */
class HttpServerTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private final Logger logger = Logger.getLogger("io.deferred.net");
    private final List<LogRecord> logged = java.util.Collections.synchronizedList(new ArrayList<>());
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private HttpServer server;

    @BeforeEach
    void recordTheLog() {
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void leaveTheLog() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    private void serve(HttpLimits limits, HttpHandler handler) throws Exception {
        server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), limits, handler));
    }

    private void serve(HttpHandler handler) throws Exception {
        serve(HttpLimits.defaults(), handler);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) TestLoop.SOON.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What comes until the server closes. */
    private static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException nothingCame) {
            throw nothingCame;
        } catch (IOException reset) {
            all.writeBytes("[reset]".getBytes(StandardCharsets.US_ASCII));
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return rest(socket);
        }
    }

    private void stop() throws Exception {
        loop.get(server.stop());
    }

    // ---- answers

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        serve(request -> Deferred.succeed(HttpResponse.ok(request.path())));
        String answers =
                exchange("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answers).containsSubsequence("200 OK", "/1", "200 OK", "/2");
        stop();
    }

    @Test
    void aHandlersDeferredMayBeFiredByAnyThread() throws Exception {
        serve(request -> Deferred.deferToThread(
                task -> new Thread(task, "elsewhere").start(), () -> HttpResponse.ok("from elsewhere")));
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .endsWith("from elsewhere");
        stop();
    }

    @Test
    void headIsAnsweredWithoutTheBody() throws Exception {
        serve(request -> Deferred.succeed(HttpResponse.ok("twelve bytes")));
        assertThat(exchange("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .containsIgnoringCase("content-length: 12")
                .endsWith("\r\n\r\n");
        stop();
    }

    @Test
    void anErrorIsA500WithTheIdOfTheLogAndNothingElse() throws Exception {
        serve(request -> {
            if (request.path().equals("/thrown")) {
                throw new IllegalStateException("the password is 1234");
            }
            return request.path().equals("/null")
                    ? Deferred.succeed(null)
                    : Deferred.fail(new IOException("the password is 1234"));
        });
        for (String path : List.of("/thrown", "/failed", "/null")) {
            String answer = exchange("GET " + path + "?token=5 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 500 ").doesNotContain("password", "Exception");
            String id = answer.substring(answer.lastIndexOf(' ') + 1).strip();
            assertThat(id).matches("[0-9a-f]{16}");
            assertThat(logged).singleElement().satisfies(entry -> {
                assertThat(entry.getMessage()).isEqualTo("GET " + path + " failed, id " + id);
                assertThat(entry.getThrown()).isNotNull();
            });
            logged.clear();
        }
        stop();
    }

    @Test
    void aTimeOutOfTheHandlersOwnIsA503WithAnId() throws Exception {
        serve(request -> new Deferred<HttpResponse>().addTimeout(Duration.ofMillis(1), loop.reactor()));
        String answer = exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 503 ");
        assertThat(logged)
                .singleElement()
                .satisfies(entry -> assertThat(answer)
                        .contains(
                                entry.getMessage().substring(entry.getMessage().lastIndexOf(' ') + 1)));
        logged.clear();
        stop();
    }

    @Test
    void aHandlerThatTakesTooLongIsCancelledAndTheClientGets503() throws Exception {
        Deferred<Void> cancelled = new Deferred<>();
        Deferred<HttpResponse> deaf = new Deferred<>();
        serve(HttpLimits.defaults().withRequestWithin(Duration.ofMillis(100)), request -> {
            if (request.path().equals("/deaf")) {
                return new Deferred<HttpResponse>(self -> {}).chainErrback(failure -> deaf);
            }
            return new Deferred<>(self -> cancelled.callback(null));
        });
        String answer = exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 503 ");
        loop.get(cancelled);
        // One that does not end in spite of the cancel keeps nobody waiting.
        assertThat(exchange("GET /deaf HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ");
        assertThat(logged).isEmpty();
        deaf.callback(HttpResponse.ok("too late"));
        stop();
    }

    @Test
    void whatAHandlerFailsWithAfterItsTimeIsLogged() throws Exception {
        Deferred<HttpResponse> late = new Deferred<>(self -> self.errback(new IOException("while stopping")));
        serve(HttpLimits.defaults().withRequestWithin(Duration.ofMillis(100)), request -> late);
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ");
        loop.awaitThat(() -> !logged.isEmpty());
        assertThat(logged)
                .singleElement()
                .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("while stopping"));
        stop();
    }

    // ---- clients that go away

    @Test
    void aClientThatGoesAwayCancelsTheHandler() throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<Void> cancelled = new Deferred<>();
        serve(request -> {
            begun.callback(null);
            return new Deferred<>(self -> cancelled.callback(null));
        });
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            loop.get(begun);
        }
        loop.get(cancelled);
        loop.awaitThat(() -> server.underWay() == 0 && server.connections() == 0);
        assertThat(logged).isEmpty();
        stop();
    }

    @Test
    void aClientThatGoesAwayInTheMiddleOfItsBodyFailsTheReading() throws Exception {
        Deferred<byte[]> body = new Deferred<>();
        Deferred<Void> begun = new Deferred<>();
        serve(request -> {
            begun.callback(null);
            return request.body().bytes().tapFailure(body::errback).addCallback(bytes -> HttpResponse.of(200));
        });
        try (Socket socket = connect()) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
            loop.get(begun);
        }
        assertThat(loop.failureOf(body)).isInstanceOf(ConnectionLostException.class);
        loop.awaitThat(() -> server.underWay() == 0);
        assertThat(logged).isEmpty();
        stop();
    }

    // ---- clients that are malformed, oversized, slow, half-open

    @Test
    void whatIsMalformedIsA400() throws Exception {
        serve(request -> Deferred.succeed(HttpResponse.ok("should not come so far")));
        for (String request : List.of(
                "GARBAGE\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab",
                "GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef")) {
            assertThat(exchange(request)).as(request).matches("(?s)HTTP/1\\.[01] 400 .*");
        }
        stop();
    }

    @Test
    void whatIsOversizedIsRefusedWithItsOwnStatus() throws Exception {
        serve(
                HttpLimits.defaults().withSizes(1_000, 2_000, 100),
                request -> request.body().bytes().addCallback(bytes -> HttpResponse.ok(bytes.length + " bytes")));
        assertThat(exchange("GET /" + "a".repeat(2_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] 414 .*");
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(3_000) + "\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] 431 .*");
        assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nConnection: close\r\n\r\n"
                        + "a".repeat(100)))
                .endsWith("100 bytes");
        assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n" + "a".repeat(101)))
                .matches("(?s)HTTP/1\\.[01] 413 .*");
        assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + "a".repeat(101)
                        + "\r\n0\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] 413 .*");
        assertThat(logged).isEmpty();
        stop();
    }

    @Test
    void aClientThatNeverFinishesItsHeadersIsCutOff() throws Exception {
        serve(
                HttpLimits.defaults().withHeadersWithin(Duration.ofMillis(300)),
                request -> Deferred.succeed(HttpResponse.ok("x")));
        try (Socket silent = connect();
                Socket dripping = connect()) {
            send(dripping, "GET / HTTP/1.1\r\nHost: x\r\n");
            Thread dripper = new Thread(() -> {
                try {
                    for (int i = 0; ; i++) {
                        send(dripping, "X-" + i + ": y\r\n");
                        loop.get(Deferred.deferLater(loop.reactor(), Duration.ofMillis(50)));
                    }
                } catch (Exception cutOff) {
                    // as is to be
                }
            });
            dripper.start();
            assertThat(rest(dripping)).doesNotContain("200 OK");
            dripper.join(TestLoop.SOON.toMillis());
            assertThat(dripper.isAlive()).isFalse();
            assertThat(rest(silent)).doesNotContain("200 OK");
        }
        loop.awaitThat(() -> server.connections() == 0);
        stop();
    }

    @Test
    void aConnectionThatIsKeptAndNotUsedIsClosed() throws Exception {
        serve(
                HttpLimits.defaults().withHeadersWithin(Duration.ofSeconds(2)),
                request -> Deferred.succeed(HttpResponse.ok("x")));
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        stop();
    }

    @Test
    void aClientThatNeverFinishesItsBodyGets503() throws Exception {
        serve(
                HttpLimits.defaults().withRequestWithin(Duration.ofMillis(300)),
                request -> request.body().bytes().addCallback(bytes -> HttpResponse.ok("all")));
        try (Socket socket = connect()) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
            assertThat(rest(socket)).startsWith("HTTP/1.1 503 ");
        }
        stop();
    }

    @Test
    void aClientThatTakesNothingIsCutOff() throws Exception {
        Deferred<Void> closed = new Deferred<>();
        AtomicLong given = new AtomicLong();
        serve(
                HttpLimits.defaults().withStallWithin(Duration.ofMillis(300)),
                request -> Deferred.succeed(HttpResponse.of(200, HttpBody.stream(new Source<>() {
                    @Override
                    public Deferred<byte[]> next() {
                        given.incrementAndGet();
                        return Deferred.succeed(new byte[64 * 1024]);
                    }

                    @Override
                    public void close() {
                        if (!closed.called()) {
                            closed.callback(null);
                        }
                    }
                }))));
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            loop.get(closed);
            loop.awaitThat(() -> server.connections() == 0);
            assertThat(given.get()).isLessThan(10_000);
        }
        assertThat(logged).isEmpty();
        stop();
    }

    @Test
    void thoseAboveTheLimitOfConnectionsAreTurnedAway() throws Exception {
        serve(HttpLimits.defaults().withMaxConnections(1), request -> Deferred.succeed(HttpResponse.ok("x")));
        try (Socket first = connect()) {
            send(first, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(first.getInputStream().read()).isEqualTo('H');
            assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("200");
        }
        stop();
    }

    // ---- streams

    @Test
    void aStreamThatFailsCutsTheResponseOffAndIsLogged() throws Exception {
        serve(request -> {
            DeferredQueue<byte[]> pieces = new DeferredQueue<>();
            pieces.put("begun".getBytes(StandardCharsets.US_ASCII));
            return Deferred.succeed(HttpResponse.of(
                    200,
                    HttpBody.stream(() ->
                            pieces.pending() > 0 ? pieces.get() : Deferred.fail(new IOException("no more of it")))));
        });
        String answer = exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("\r\n0\r\n")
                .doesNotContain("no more");
        assertThat(logged)
                .singleElement()
                .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("no more of it"));
        stop();
    }

    @Test
    void aStreamOfAnotherLengthThanSaidFails() throws Exception {
        serve(request -> Deferred.succeed(
                HttpResponse.of(200, HttpBody.stream(request.path().length(), Source.of(List.of(new byte[2]))))));
        assertThat(exchange("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .endsWith("\0\0");
        assertThat(logged).isEmpty();
        for (String path : List.of("/", "/ab")) {
            exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(logged)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getThrown()).hasMessageContaining("was said to have"));
            logged.clear();
        }
        stop();
    }

    // ---- the end

    @Test
    void drainingAnswersWhatIsUnderWayAndTakesNothingNew() throws Exception {
        Deferred<HttpResponse> answer = new Deferred<>();
        Deferred<Void> begun = new Deferred<>();
        serve(request -> {
            begun.callback(null);
            return answer;
        });
        try (Socket busy = connect();
                Socket idle = connect()) {
            send(busy, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            loop.get(begun);
            Deferred<Void> drained = server.drain(TestLoop.SOON);
            loop.onLoop(() -> 0);
            loop.awaitThat(() -> {
                try {
                    connect().close();
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
            assertThat(drained.outcome()).isEmpty();
            answer.callback(HttpResponse.ok("the last one"));
            assertThat(rest(busy)).endsWith("the last one");
            assertThat(idle.isConnected()).isTrue();
            loop.get(drained);
        }
    }

    @Test
    void drainingTheReactorDrainsItsServers() throws Exception {
        Deferred<HttpResponse> answer = new Deferred<>();
        Deferred<Void> begun = new Deferred<>();
        serve(request -> {
            begun.callback(null);
            return answer;
        });
        try (Socket busy = connect()) {
            send(busy, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            loop.get(begun);
            Deferred<Void> drained = loop.reactor().drain(TestLoop.SOON);
            Deferred.deferLater(loop.reactor(), Duration.ofMillis(50))
                    .consume(now -> answer.callback(HttpResponse.ok("the last one")));
            assertThat(rest(busy)).endsWith("the last one");
            loop.get(drained);
        }
    }

    @Test
    void aDrainWhosePatienceIsOverCancelsTheRest() throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<Void> cancelled = new Deferred<>();
        serve(request -> {
            begun.callback(null);
            return new Deferred<>(self -> cancelled.callback(null));
        });
        try (Socket busy = connect()) {
            send(busy, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            loop.get(begun);
            loop.get(server.drain(Duration.ofMillis(50)));
            loop.get(cancelled);
            assertThat(rest(busy)).doesNotContain("200");
        }
    }

    @Test
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> HttpResponse.of(100)).hasMessageContaining("200 to 599: 100");
        assertThatThrownBy(() -> HttpResponse.ok("x").withHeader("X", "a\nb")).hasMessageContaining("line break");
        assertThatThrownBy(() -> HttpBody.stream(-1, Deferred::new)).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> HttpLimits.defaults().withMaxConnections(0)).hasMessageContaining("at least 1");
    }
}
