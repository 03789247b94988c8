// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpClientTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private HttpAgent agent;
    private HttpServer server;

    @BeforeEach
    void makeAgent() {
        agent = HttpAgent.on(loop.reactor());
    }

    private String serve(HttpHandler handler) throws Exception {
        server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), handler));
        return "http://127.0.0.1:" + server.port();
    }

    private void stop() throws Exception {
        loop.get(agent.close());
        loop.get(server.stop());
    }

    private String text(Deferred<HttpResponse> response) throws Exception {
        return loop.<String>get(response.chainCallback(HttpResponse::text));
    }

    private HttpAgent speaking(HttpProtocol protocol) {
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withProtocol(protocol));
        return agent;
    }

    @ParameterizedTest
    @EnumSource(HttpProtocol.class)
    void aRequestIsAnswered(HttpProtocol protocol) throws Exception {
        String url = serve(request -> request.text()
                .addCallback(body -> HttpResponse.text(
                                201,
                                request.method() + " " + request.target() + " "
                                        + request.version().orElseThrow() + ": " + body)
                        .withHeader("X-Echo", request.header("X-Sent").orElse("nothing"))));
        HttpResponse response = loop.get(speaking(protocol)
                .request(HttpRequest.post(url + "/a/b?c=d", HttpBody.of("caf\u00e9"))
                        .withHeader("X-Sent", "yes")));
        HttpVersion spoken =
                protocol == HttpProtocol.HTTP_2_PRIOR_KNOWLEDGE ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1;
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("x-echo")).contains("yes");
        assertThat(response.version()).contains(spoken);
        assertThat(loop.get(response.text())).isEqualTo("POST /a/b?c=d " + spoken + ": caf\u00e9");
        stop();
    }

    @Test
    void aStatusIsNoFailure() throws Exception {
        String url = serve(request -> Deferred.succeed(HttpResponse.of(404)));
        assertThat(loop.get(agent.get(url)).status()).isEqualTo(404);
        stop();
    }

    @Test
    void connectionsAreUsedAgainAndNoMoreThanTheLimitAreMade() throws Exception {
        List<Deferred<HttpResponse>> held = Collections.synchronizedList(new ArrayList<>());
        DeferredQueue<Integer> arrived = new DeferredQueue<>();
        String url = serve(request -> {
            Deferred<HttpResponse> answer = new Deferred<>();
            held.add(answer);
            arrived.put(held.size());
            return answer;
        });
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withPool(2, 10));
        List<Deferred<String>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(agent.get(url).chainCallback(HttpResponse::text));
        }
        for (int i = 0; i < 6; i++) {
            loop.get(arrived.get());
            if (i >= 1) {
                assertThat(server.connections()).isEqualTo(2);
                held.get(i - 1).callback(HttpResponse.ok("done"));
            }
        }
        held.get(5).callback(HttpResponse.ok("done"));
        assertThat(loop.get(Deferred.gatherResults(answers))).hasSize(6).containsOnly("done");
        assertThat(server.connections()).isEqualTo(2);
        stop();
    }

    @Test
    void moreThanMayWaitFail() throws Exception {
        String url = serve(request -> new Deferred<>());
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withPool(1, 1));
        Deferred<HttpResponse> first = agent.get(url);
        loop.awaitThat(() -> server.underWay() == 1);
        Deferred<HttpResponse> second = agent.get(url);
        Deferred<HttpResponse> third = agent.get(url);
        assertThat(loop.failureOf(third)).isInstanceOf(java.io.IOException.class);
        first.cancel();
        second.cancel();
        loop.failureOf(first);
        loop.failureOf(second);
        stop();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpProtocol.class,
            names = {"HTTP_1_1", "HTTP_2_PRIOR_KNOWLEDGE"})
    void cancellingARequestReachesTheHandler(HttpProtocol protocol) throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<String> cancelled = new Deferred<>();
        String url = serve(request -> {
            if (request.path().equals("/quick")) {
                return Deferred.succeed(HttpResponse.ok("quick"));
            }
            begun.callback(null);
            return new Deferred<>(self -> cancelled.callback("the handler's work was stopped"));
        });
        speaking(protocol);
        Deferred<HttpResponse> response = agent.get(url + "/slow");
        loop.get(begun);
        response.cancel();
        assertThat(loop.failureOf(response)).isInstanceOf(CancelledException.class);
        assertThat(loop.get(cancelled)).isEqualTo("the handler's work was stopped");
        loop.awaitThat(() -> server.underWay() == 0);
        if (protocol == HttpProtocol.HTTP_1_1) {
            loop.awaitThat(() -> server.connections() == 0); // it was closed
        } else {
            assertThat(server.connections()).isEqualTo(1); // only the stream was reset
            assertThat(text(agent.get(url + "/quick"))).isEqualTo("quick");
            assertThat(server.connections()).isEqualTo(1);
        }
        stop();
    }

    @Test
    void aRequestCancelledWhileItWaitsForAConnectionIsNeverSent() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Deferred<HttpResponse> first = new Deferred<>();
        Deferred<Void> begun = new Deferred<>();
        String url = serve(request -> {
            seen.add(request.path());
            if (request.path().equals("/1")) {
                begun.callback(null);
                return first;
            }
            return Deferred.succeed(HttpResponse.ok(request.path()));
        });
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withPool(1, 10));
        Deferred<String> one = agent.get(url + "/1").chainCallback(HttpResponse::text);
        loop.get(begun);
        Deferred<HttpResponse> two = agent.get(url + "/2");
        Deferred<String> three = agent.get(url + "/3").chainCallback(HttpResponse::text);
        loop.onLoop(() -> 0);
        two.cancel();
        assertThat(loop.failureOf(two)).isInstanceOf(CancelledException.class);
        first.callback(HttpResponse.ok("one"));
        assertThat(loop.get(one)).isEqualTo("one");
        assertThat(loop.get(three)).isEqualTo("/3");
        assertThat(seen).containsExactly("/1", "/3");
        stop();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpProtocol.class,
            names = {"HTTP_1_1", "HTTP_2_PRIOR_KNOWLEDGE"})
    void cancellingTheReadingOfABodyStopsTheServersStream(HttpProtocol protocol) throws Exception {
        Deferred<Void> stopped = new Deferred<>();
        String url = serve(request -> {
            Source<byte[]> source = new Source<>() {
                private boolean first = true;

                @Override
                public Deferred<byte[]> next() {
                    Deferred<byte[]> next = first ? Deferred.succeed(new byte[10]) : new Deferred<>();
                    first = false;
                    return next;
                }

                @Override
                public void close() {
                    if (!stopped.called()) {
                        stopped.callback(null);
                    }
                }
            };
            return Deferred.succeed(HttpResponse.of(200, HttpBody.stream(source)));
        });
        Deferred<byte[]> whole = speaking(protocol).get(url).chainCallback(HttpResponse::bytes);
        loop.awaitThat(() -> server.underWay() == 1);
        loop.get(Deferred.deferLater(loop.reactor(), Duration.ofMillis(50)));
        whole.cancel();
        assertThat(loop.failureOf(whole)).isInstanceOf(CancelledException.class);
        loop.get(stopped);
        loop.awaitThat(() -> server.underWay() == 0);
        stop();
    }

    @Test
    void aTimeOutIsACancelAndReachesTheHandler() throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<Void> cancelled = new Deferred<>();
        String url = serve(request -> {
            begun.callback(null);
            return new Deferred<>(self -> cancelled.callback(null));
        });
        Deferred<HttpResponse> response = agent.get(url);
        loop.get(begun);
        assertThat(loop.failureOf(response.addTimeout(Duration.ofMillis(1), loop.reactor())))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        loop.get(cancelled);
        stop();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpProtocol.class,
            names = {"HTTP_1_1", "HTTP_2_PRIOR_KNOWLEDGE"})
    void aClientThatDoesNotReadBringsTheServerToAStop(HttpProtocol protocol) throws Exception {
        int pieces = 1_000;
        AtomicLong given = new AtomicLong();
        String url = serve(request -> Deferred.succeed(HttpResponse.of(
                200,
                HttpBody.stream(
                        () -> Deferred.succeed(given.getAndIncrement() < pieces ? new byte[64 * 1024] : null)))));
        HttpResponse response = loop.get(speaking(protocol).get(url));
        loop.awaitStill(given);
        assertThat(given.get()).isLessThan(pieces);
        AtomicLong received = new AtomicLong();
        loop.get(response.body().stream().forEach(piece -> {
            received.addAndGet(piece.length);
            return Deferred.succeed(null);
        }));
        assertThat(received.get()).isEqualTo(pieces * 64L * 1024);
        stop();
    }

    @Test
    void aServerThatDoesNotReadBringsTheClientToAStop() throws Exception {
        int pieces = 1_000;
        Deferred<HttpRequest> arrived = new Deferred<>();
        Deferred<HttpResponse> answer = new Deferred<>();
        server = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0),
                HttpLimits.defaults().withSizes(1000, 1000, Long.MAX_VALUE),
                request -> {
                    arrived.callback(request);
                    return answer;
                }));
        AtomicLong given = new AtomicLong();
        Deferred<HttpResponse> response = agent.request(HttpRequest.post(
                "http://127.0.0.1:" + server.port(),
                HttpBody.stream(
                        () -> Deferred.succeed(given.getAndIncrement() < pieces ? new byte[64 * 1024] : null))));
        HttpRequest request = loop.get(arrived);
        loop.awaitStill(given);
        assertThat(given.get()).isLessThan(pieces);
        request.body()
                .bytes()
                .addCallback(bytes -> HttpResponse.ok(bytes.length + " bytes"))
                .chainDeferred(answer);
        assertThat(text(response)).isEqualTo(pieces * 64 * 1024 + " bytes");
        stop();
    }

    @Test
    void aBodyLargerThanTheLimitFails() throws Exception {
        String url = serve(request -> Deferred.succeed(HttpResponse.of(
                200,
                request.path().equals("/known")
                        ? HttpBody.of(new byte[1001])
                        : HttpBody.stream(Source.of(List.of(new byte[1000], new byte[1]))))));
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withBodyLimit(1000));
        for (String path : List.of("/known", "/streamed")) {
            Deferred<byte[]> body = agent.get(url + path).chainCallback(HttpResponse::bytes);
            assertThat(loop.failureOf(body))
                    .isInstanceOf(BodyTooLargeException.class)
                    .hasMessageContaining(path)
                    .hasMessageContaining("limit of 1000 bytes");
        }
        byte[] whole = loop.<byte[]>get(
                agent.get(url + "/known").chainCallback(r -> r.body().bytes(1001)));
        assertThat(whole).hasSize(1001);
        stop();
    }

    @Test
    void redirectsAreFollowedUpToTheLimit() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        String url = serve(request -> {
            seen.add(request.method() + " " + request.path());
            int left = Integer.parseInt(request.path().substring(1));
            return Deferred.succeed(
                    left == 0
                            ? HttpResponse.ok("arrived")
                            : HttpResponse.of(302).withHeader("Location", "/" + (left - 1)));
        });
        assertThat(text(agent.get(url + "/5"))).isEqualTo("arrived");
        assertThat(seen).hasSize(6);
        assertThat(loop.failureOf(agent.get(url + "/6")))
                .isInstanceOf(TooManyRedirectsException.class)
                .hasMessageContaining("more than 5 redirects");
        seen.clear();
        assertThat(text(agent.request(HttpRequest.post(url + "/1", HttpBody.of("x")))))
                .isEqualTo("arrived");
        assertThat(seen).containsExactly("POST /1", "GET /0");
        loop.get(agent.close());
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withMaxRedirects(0));
        assertThat(loop.get(agent.get(url + "/1")).status()).isEqualTo(302);
        stop();
    }

    @Test
    void aRedirectThatKeepsTheMethodSendsTheBodyAgain() throws Exception {
        String url = serve(request -> request.path().equals("/")
                ? Deferred.succeed(HttpResponse.of(307).withHeader("Location", "/there"))
                : request.text().addCallback(body -> HttpResponse.ok(request.method() + " " + body)));
        assertThat(text(agent.request(HttpRequest.post(url, HttpBody.of("again")))))
                .isEqualTo("POST again");
        stop();
    }

    @Test
    void credentialsDoNotGoToAnotherOrigin() throws Exception {
        String url = serve(request -> {
            String port = request.parameter("port").orElse("");
            return Deferred.succeed(
                    port.isEmpty()
                            ? HttpResponse.ok(request.header("Authorization").orElse("none"))
                            : HttpResponse.of(302).withHeader("Location", "http://localhost:" + port + "/there"));
        });
        HttpRequest request = HttpRequest.get(url + "/?port=" + server.port()).withHeader("Authorization", "secret");
        assertThat(text(agent.request(request))).isEqualTo("none");
        stop();
    }

    @Test
    void aConnectionThatBreaksFailsTheExchange() throws Exception {
        Queue<String> answers = new ArrayDeque<>(List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> (connection, data) -> {
            connection.write(answers.remove());
            connection.close();
        }));
        String url = "http://127.0.0.1:" + port.number();
        assertThat(loop.failureOf(agent.get(url))).isInstanceOf(ConnectionLostException.class);
        HttpResponse response = loop.get(agent.get(url));
        assertThat(loop.failureOf(response.text())).isInstanceOf(ConnectionLostException.class);
        loop.get(agent.close());
        loop.get(port.stopListening());
    }

    @Test
    void whereNobodyListensARequestFails() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Throwable failure = loop.failureOf(agent.get("http://127.0.0.1:" + free));
        assertThat(failure.getClass()).isEqualTo(ConnectException.class);
        loop.get(agent.close());
    }

    @Test
    void aResponseThatNobodyReadsIsAbortedAfterAWhile() throws Exception {
        Deferred<Void> stopped = new Deferred<>();
        String url = serve(request -> Deferred.succeed(HttpResponse.of(200, HttpBody.stream(new Source<>() {
            @Override
            public Deferred<byte[]> next() {
                return Deferred.succeed(new byte[64 * 1024]);
            }

            @Override
            public void close() {
                if (!stopped.called()) {
                    stopped.callback(null);
                }
            }
        }))));
        agent = HttpAgent.on(
                loop.reactor(), HttpAgentOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2)));
        HttpResponse response = loop.get(agent.get(url));
        loop.get(stopped);
        assertThat(loop.failureOf(response.body().stream().forEach(piece -> Deferred.succeed(null))))
                .isInstanceOf(java.io.IOException.class);
        stop();
    }

    @Test
    void aSmallBodyThatNobodyReadsFreesItsConnection() throws Exception {
        String url = serve(request -> Deferred.succeed(HttpResponse.ok("small")));
        agent = HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withPool(1, 10));
        List<HttpResponse> unread = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            unread.add(loop.get(agent.get(url)));
        }
        assertThat(loop.get(unread.get(0).text())).isEqualTo("small");
        assertThat(server.connections()).isEqualTo(1);
        stop();
    }

    @Test
    void askingTwiceAtATimeForAPieceIsRefused() throws Exception {
        String url = serve(request -> Deferred.succeed(HttpResponse.of(200, HttpBody.stream(Deferred::new))));
        HttpResponse response = loop.get(agent.get(url));
        Deferred<byte[]> first = response.body().stream().next();
        assertThat(loop.failureOf(response.body().stream().next()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("asked for while another");
        first.cancel();
        loop.failureOf(first);
        stop();
    }

    @Test
    void textIsReadInTheCharsetOfItsType() throws Exception {
        String url = serve(request ->
                Deferred.succeed(HttpResponse.of(200, HttpBody.of("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
                        .withHeader("Content-Type", "text/plain; charset=\"ISO-8859-1\"")));
        assertThat(text(agent.get(url))).isEqualTo("caf\u00e9");
        stop();
    }

    @Test
    void badRequestsAreRefusedAtOnce() {
        assertThatThrownBy(() -> agent.get("ftp://example.com/")).hasMessageContaining("http:// or https://");
        assertThatThrownBy(() -> agent.get("/path")).hasMessageContaining("must be absolute");
        assertThatThrownBy(() -> agent.get("http://a b/")).hasMessageContaining("not a URL");
        assertThatThrownBy(() -> HttpRequest.of("get", "http://a/")).hasMessageContaining("in capitals");
        assertThatThrownBy(() -> HttpRequest.get("http://a/").withHeader("X", "a\r\nY: b"))
                .hasMessageContaining("line break");
        assertThatThrownBy(() -> HttpRequest.get("http://a/").withHeader("X:", "a"))
                .hasMessageContaining("not the name of a header");
        assertThat(HttpRequest.get("http://a/p?token=secret").toString()).doesNotContain("secret");
    }

    @Test
    void anAgentMayBeClosedAgainWhileItCloses() throws Exception {
        text(agent.get(serve(request -> Deferred.succeed(HttpResponse.ok("here")))));
        List<Deferred<Void>> ends = loop.onLoop(() -> List.of(agent.close(), agent.close()));
        for (Deferred<Void> end : ends) {
            loop.get(end);
        }
        stop();
    }

    @Test
    void aClosedAgentAndAStoppedReactorTakeNoRequest() throws Exception {
        loop.get(agent.close());
        assertThat(loop.failureOf(agent.get("http://127.0.0.1:1/")))
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LossReason.CLOSED_HERE));
        loop.get(loop.reactor().stop());
        assertThat(loop.failureOf(HttpAgent.on(loop.reactor()).get("http://127.0.0.1:1/")))
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LossReason.REACTOR_STOPPED));
    }

    @Test
    void stoppingTheReactorFailsWhatIsUnderWay() throws Exception {
        Deferred<Void> cancelled = new Deferred<>();
        String url = serve(request -> new Deferred<>(self -> cancelled.callback(null)));
        Deferred<HttpResponse> response = agent.get(url);
        loop.awaitThat(() -> server.underWay() == 1);
        loop.get(loop.reactor().stop());
        assertThat(loop.failureOf(response)).isInstanceOf(ConnectionLostException.class);
        loop.get(cancelled);
    }
}
