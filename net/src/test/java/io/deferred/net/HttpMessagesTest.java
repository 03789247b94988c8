// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message ends, and what of it this side says by itself: two sides that do not agree there take one message for another. */
class HttpMessagesTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    private HttpServer serve(HttpHandler handler) throws Exception {
        return loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), handler));
    }

    private HttpAgent speaking(HttpProtocol protocol) {
        return HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withProtocol(protocol));
    }

    private String text(Deferred<HttpResponse> response) throws Exception {
        return loop.<String>get(response.chainCallback(HttpResponse::text));
    }

    private String exchange(HttpServer server, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) TestLoop.SOON.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    // ---- what a server sends

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void theLengthOfAResponseIsThatOfItsBodyWhateverItsHeadersSay(String method) throws Exception {
        HttpServer server = serve(request -> Deferred.succeed(HttpResponse.of(
                        200,
                        request.path().equals("/given")
                                ? HttpBody.of(ABC)
                                : HttpBody.stream(3, Source.of(List.of(ABC))))
                .withHeader("Transfer-Encoding", "chunked")
                .withHeader("Connection", "keep-alive, X-Whatever")
                .withHeader("Content-Length", method.equals("HEAD") ? "3" : "10")));
        for (String path : List.of("/given", "/streamed")) {
            String answer = exchange(server, method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .containsOnlyOnce("content-length: 3\r\n")
                    .doesNotContain("chunked", "content-length: 10", "x-whatever");
            assertThat(answer).endsWith(method.equals("HEAD") ? "\r\n\r\n" : "\r\n\r\nabc");
        }
        loop.get(server.stop());
    }

    /** So that a client has time for each of them, not for all of a piece of any size. */
    @Test
    void aLargePieceOfAStreamGoesOutInParts() throws Exception {
        HttpServer server = serve(request ->
                Deferred.succeed(HttpResponse.of(200, HttpBody.stream(Source.of(List.of(new byte[150_000], ABC))))));
        String answer = exchange(server, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4).replaceAll("\0+", "zeros"))
                .isEqualTo("10000\r\nzeros\r\n10000\r\nzeros\r\n49f0\r\nzeros\r\n3\r\nabc\r\n0\r\n\r\n");
        loop.get(server.stop());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
    void aClientOfHttp10IsSentNoChunks(String headers) throws Exception {
        HttpServer server =
                serve(request -> Deferred.succeed(HttpResponse.of(200, HttpBody.stream(Source.of(List.of(ABC, ABC))))));
        assertThat(exchange(server, "GET / HTTP/1.0\r\n" + headers + "\r\n"))
                .matches("(?s)HTTP/1\\.[01] 200 .*")
                .doesNotContainIgnoringCase("transfer-encoding")
                .endsWith("\r\n\r\nabcabc");
        loop.get(server.stop());
    }

    @Test
    void aResponseMayEndItsConnection() throws Exception {
        HttpServer server =
                serve(request -> Deferred.succeed(HttpResponse.ok("bye").withHeader("Connection", "close")));
        assertThat(exchange(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")).endsWith("bye");
        loop.get(server.stop());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void whatHasNoBodyIsNotFollowedByOne(int status) throws Exception {
        HttpServer server = serve(request -> Deferred.succeed(
                request.path().equals("/next") ? HttpResponse.ok("next") : HttpResponse.of(status, HttpBody.of(ABC))));
        String answers = exchange(
                server, "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answers)
                .startsWith("HTTP/1.1 " + status)
                .contains("\r\n\r\nHTTP/1.1 200")
                .doesNotContain("abc");
        loop.get(server.stop());
    }

    // ---- what a client sends

    @Test
    void theLengthOfARequestIsThatOfItsBodyWhateverItsHeadersSay() throws Exception {
        HttpServer server =
                serve(request -> request.text().addCallback(body -> HttpResponse.ok(body + " " + request.headers())));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        String url = "http://127.0.0.1:" + server.port();
        for (HttpRequest request : List.of(
                HttpRequest.post(url, HttpBody.of(ABC)),
                HttpRequest.post(url, HttpBody.stream(3, Source.of(List.of(ABC)))))) {
            assertThat(text(agent.request(
                            request.withHeader("Transfer-Encoding", "chunked").withHeader("Content-Length", "1"))))
                    .startsWith("abc ")
                    .containsOnlyOnce("Content-Length=3")
                    .doesNotContainIgnoringCase("Transfer-Encoding");
        }
        assertThat(text(agent.request(HttpRequest.get(url).withHeader("Content-Length", "100"))))
                .startsWith(" ");
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpProtocol.class,
            names = {"HTTP_1_1", "HTTP_2_PRIOR_KNOWLEDGE"})
    void aHandlerThatSendsTheRequestOnIsAProxyBetweenAnyTwoVersions(HttpProtocol behind) throws Exception {
        HttpServer upstream = serve(request -> request.text()
                .addCallback(body -> HttpResponse.of(
                        200,
                        HttpBody.stream(Source.of(List.of(("got " + body).getBytes(StandardCharsets.US_ASCII)))))));
        HttpAgent agent = speaking(behind);
        HttpServer proxy = serve(
                request -> agent.request(request.withUrl("http://127.0.0.1:" + upstream.port() + request.target())));
        assertThat(
                        exchange(
                                proxy,
                                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nKeep-Alive: 3\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("got abc");
        HttpAgent client = speaking(HttpProtocol.HTTP_2_PRIOR_KNOWLEDGE);
        assertThat(text(client.request(HttpRequest.post(
                        "http://127.0.0.1:" + proxy.port(), HttpBody.stream(Source.of(List.of(ABC)))))))
                .isEqualTo("got abc");
        for (HttpAgent each : List.of(client, agent)) {
            loop.get(each.close());
        }
        loop.get(proxy.stop());
        loop.get(upstream.stop());
    }

    @Test
    void theHeadOfAStreamedRequestDoesNotWaitForItsFirstPiece() throws Exception {
        HttpServer server = serve(request -> Deferred.succeed(HttpResponse.of(403)));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        HttpResponse response = loop.get(
                agent.request(HttpRequest.post("http://127.0.0.1:" + server.port(), HttpBody.stream(Deferred::new))));
        assertThat(response.status()).isEqualTo(403);
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void whatIsNotOfAsciiIsEncodedInAUrlAndRefusedInAHeader() throws Exception {
        HttpServer server = serve(request -> Deferred.succeed(HttpResponse.ok(request.target())));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        assertThat(text(agent.get("http://127.0.0.1:" + server.port() + "/\u010d?\u00e9")))
                .isEqualTo("/%C4%8D?%C3%A9");
        assertThatThrownBy(() -> HttpResponse.ok("x").withHeader("X", "\u010d"))
                .hasMessageContaining("not of ISO 8859-1");
        loop.get(agent.close());
        loop.get(server.stop());
    }

    // ---- what a client receives

    @ParameterizedTest
    @ValueSource(ints = {101, 102, 199})
    void anInterimStatusIsNotTakenForTheResponse(int status) throws Exception {
        Port port = loop.get(loop.reactor()
                .listen(
                        Endpoint.local(0),
                        () -> (connection, data) -> connection.write(
                                "HTTP/1.1 " + status + " X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        assertThat(loop.failureOf(agent.get("http://127.0.0.1:" + port.number())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interim status " + status);
        loop.get(agent.close());
        loop.get(port.stopListening());
    }

    @Test
    void theLengthOfAResponseToHeadIsNotThatOfItsBody() throws Exception {
        HttpServer server =
                serve(request -> Deferred.succeed(HttpResponse.of(200).withHeader("Content-Length", "99999999999")));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        HttpResponse response = loop.get(agent.request(HttpRequest.of("HEAD", "http://127.0.0.1:" + server.port())));
        assertThat(response.header("Content-Length")).contains("99999999999");
        assertThat(loop.<byte[]>get(response.bytes())).isEmpty();
        loop.get(agent.close());
        loop.get(server.stop());
    }

    // ---- bodies that nobody wants

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 8\r\n\r\nabcdefgh",
                "Transfer-Encoding: chunked\r\n\r\n8\r\nabcdefgh\r\n0\r\n\r\n"
            })
    void aBodyAboveTheHandlersOwnLimitIsA413(String body) throws Exception {
        HttpServer server = serve(request -> request.body().bytes(4).addCallback(bytes -> HttpResponse.ok("taken")));
        assertThat(exchange(server, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + body))
                .startsWith("HTTP/1.1 413 ");
        loop.get(server.stop());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theStreamOfARequestWhoseBodyIsNotReadToItsEndIsResetAfterItsResponse(boolean begun) throws Exception {
        HttpServer server = serve(request -> begun
                ? request.body().bytes(4).addCallback(bytes -> HttpResponse.of(200))
                : Deferred.succeed(HttpResponse.of(403)));
        try (Http2Frames client = new Http2Frames(server.port())) {
            client.post();
            assertThat(client.sendUntilReset())
                    .as("the code of the reset: NO_ERROR")
                    .isZero();
        }
        loop.get(server.stop());
    }

    // ---- time-outs that no engine can count

    @ParameterizedTest
    @ValueSource(longs = {1_000, 100L * 24 * 60 * 60 * 1_000_000_000, Long.MAX_VALUE})
    void timeOutsOfAnyLengthAreTaken(long nanos) throws Exception {
        Duration time = Duration.ofNanos(nanos);
        HttpAgent agent =
                HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withTimeouts(time, time));
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(loop.failureOf(agent.get("http://127.0.0.1:" + free))).isInstanceOf(IOException.class);
        loop.get(agent.close());
    }
}
