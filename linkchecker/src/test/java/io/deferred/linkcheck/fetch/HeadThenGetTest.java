// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.deferred.Deferred;
import io.deferred.linkcheck.serve.Answers;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadThenGetTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void headIsEnoughWhereItIsAccepted() throws Exception {
        try (Served served = new Served(exchange -> Answers.status(exchange, 200))) {
            assertThat(ask(served).status()).isEqualTo(200);
            assertThat(served.requests()).containsExactly("HEAD /x");
        }
    }

    @Test
    void aRedirectIsAnAnswerToHead() throws Exception {
        try (Served served = new Served(exchange -> Answers.redirect(exchange, 301, "/y"))) {
            assertThat(ask(served).location()).hasValue("/y");
            assertThat(served.requests()).containsExactly("HEAD /x");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405, 500, 501})
    void getDecidesWhereHeadIsRefused(int status) throws Exception {
        try (Served served = new Served(refusingHead(exchange -> Answers.status(exchange, status)))) {
            assertThat(ask(served).status()).isEqualTo(200);
            assertThat(served.requests()).containsExactly("HEAD /x", "GET /x");
        }
    }

    @Test
    void getDecidesWhereTheConnectionIsDroppedOnHead() throws Exception {
        try (Served served = new Served(refusingHead(HttpExchange::close))) {
            assertThat(ask(served).status()).isEqualTo(200);
            assertThat(served.requests()).last().isEqualTo("GET /x");
        }
    }

    private static HttpHandler refusingHead(HttpHandler refusal) {
        return exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                refusal.handle(exchange);
            } else {
                Answers.status(exchange, 200);
            }
        };
    }

    @Test
    void whatIsGoneForBothIsGone() throws Exception {
        try (Served served = new Served(exchange -> Answers.status(exchange, 404))) {
            assertThat(ask(served).status()).isEqualTo(404);
            assertThat(served.requests()).containsExactly("HEAD /x", "GET /x");
        }
    }

    @Test
    void aServerThatIsNotThereIsNotAskedTwice() {
        assertIsNotAskedAgainAfter(new ConnectException("refused"));
    }

    @Test
    void aServerThatDoesNotAnswerIsNotAskedTwice() {
        assertIsNotAskedAgainAfter(new TimeoutException("too slow"));
    }

    private static void assertIsNotAskedAgainAfter(Exception failure) {
        List<Request> requests = new ArrayList<>();
        HeadThenGet headThenGet = new HeadThenGet(request -> {
            requests.add(request);
            return Deferred.fail(failure);
        });

        assertThatThrownBy(() -> end(headThenGet.ask(URI.create("http://a/")))).isSameAs(failure);
        assertThat(requests).extracting(Request::form).containsExactly(Request.Form.HEAD);
    }

    private static Response ask(Served served) throws Exception {
        return end(new HeadThenGet(new HttpFetcher()).ask(served.address("/x")));
    }

    private static Response end(Deferred<Response> response) throws Exception {
        try {
            return response.get(LONG);
        } finally {
            response.handle(thrown -> {});
        }
    }
}
