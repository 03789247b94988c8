// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.deferred.Deferred;
import io.deferred.linkcheck.serve.Answers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpFetcherTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aPageComesWithItsBytes() throws Exception {
        try (Served served = new Served(e -> Answers.send(e, 200, "text/html; charset=x", "<p>é".getBytes(UTF_8)))) {
            Response response = fetch(new HttpFetcher(), served.address("/a?b=c"), Request.Form.PAGE);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.contentType()).hasValue("text/html; charset=x");
            Content content = response.content().orElseThrow();
            assertThat(content.stream()).hasBinaryContent("<p>é".getBytes(UTF_8));
            assertThat(content.complete()).isTrue();
            assertThat(served.requests()).containsExactly("GET /a?b=c");
        }
    }

    @Test
    void aPageLongerThanTheLimitIsCutThere() throws Exception {
        HttpFetcher fetcher = new HttpFetcher(1000);
        try (Served served = new Served(e -> Answers.send(e, 200, "text/html", new byte[1_000_000]))) {
            Content content = fetch(fetcher, served.address("/"), Request.Form.PAGE)
                    .content()
                    .orElseThrow();

            assertThat(content.length()).isEqualTo(1000);
            assertThat(content.complete()).isFalse();
        }
    }

    @Test
    void aPageAsLongAsTheLimitIsWhole() throws Exception {
        try (Served served = new Served(e -> Answers.send(e, 200, "text/html", new byte[1000]))) {
            Content content = fetch(new HttpFetcher(1000), served.address("/"), Request.Form.PAGE)
                    .content()
                    .orElseThrow();

            assertThat(content.length()).isEqualTo(1000);
            assertThat(content.complete()).isTrue();
        }
    }

    @Test
    void whatIsNoPageIsNotReadToItsEnd() throws Exception {
        CompletableFuture<IOException> cutOff = new CompletableFuture<>();
        try (Served served = new Served(endless(cutOff))) {
            Response response = fetch(new HttpFetcher(), served.address("/video"), Request.Form.PAGE);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.content()).isEmpty();
            assertThat(cutOff.get(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static HttpHandler endless(CompletableFuture<IOException> cutOff) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(new byte[10_000]);
                }
            } catch (IOException clientHasGone) {
                cutOff.complete(clientHasGone);
                throw clientHasGone;
            }
        };
    }

    @Test
    void theBodyOfAnErrorIsNoPage() throws Exception {
        try (Served served = new Served(e -> Answers.send(e, 404, "text/html", "<a href=x>".getBytes(UTF_8)))) {
            assertThat(fetch(new HttpFetcher(), served.address("/"), Request.Form.PAGE)
                            .content())
                    .isEmpty();
        }
    }

    @Test
    void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
        try (Served served = new Served(e -> Answers.redirect(e, 302, "/b"))) {
            Response response = fetch(new HttpFetcher(), served.address("/a"), Request.Form.PAGE);

            assertThat(response.status()).isEqualTo(302);
            assertThat(response.location()).hasValue("/b");
            assertThat(served.requests()).containsExactly("GET /a");
        }
    }

    @Test
    void headAndGetAreTheMethodsOfTheSameName() throws Exception {
        try (Served served = new Served(HttpFetcherTest::found)) {
            assertThat(fetch(new HttpFetcher(), served.address("/"), Request.Form.HEAD)
                            .content())
                    .isEmpty();
            assertThat(fetch(new HttpFetcher(), served.address("/"), Request.Form.GET)
                            .content())
                    .isEmpty();

            assertThat(served.requests()).containsExactly("HEAD /", "GET /");
        }
    }

    private static void found(HttpExchange exchange) throws IOException {
        Answers.send(exchange, 200, "text/html", "<p>".getBytes(UTF_8));
    }

    @Test
    void aDeadServerIsAFailure() throws Exception {
        Served served = new Served(HttpFetcherTest::found);
        URI address = served.address("/");
        served.close();

        assertThatThrownBy(() -> fetch(new HttpFetcher(), address, Request.Form.PAGE))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void anAddressThatTheClientRefusesIsAFailureToo() {
        assertThatThrownBy(() -> fetch(new HttpFetcher(), URI.create("http://a_b/"), Request.Form.PAGE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Response fetch(Fetcher fetcher, URI address, Request.Form form) throws Exception {
        Deferred<Response> response = fetcher.fetch(new Request(address, form));
        try {
            return response.get(LONG);
        } finally {
            response.handle(thrown -> {});
        }
    }
}
