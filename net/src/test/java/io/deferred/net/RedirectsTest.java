// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a redirect leads, and what goes there. */
class RedirectsTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @Test
    void aQueryAloneKeepsThePath() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0),
                request -> Deferred.succeed(
                        request.parameter("page").isPresent()
                                ? HttpResponse.ok(request.target())
                                : HttpResponse.of(302).withHeader("Location", "?page=1"))));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        assertThat(loop.<String>get(agent.get("http://127.0.0.1:" + server.port() + "/a/b?x")
                        .chainCallback(HttpResponse::text)))
                .isEqualTo("/a/b?page=1");
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void theHostOfOneOriginIsNotSaidToAnother() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0),
                request -> Deferred.succeed(
                        request.path().equals("/there")
                                ? HttpResponse.ok(request.header("Host").orElse(""))
                                : HttpResponse.of(302)
                                        .withHeader(
                                                "Location",
                                                "http://localhost:"
                                                        + request.parameter("port")
                                                                .orElse("") + "/there"))));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        HttpRequest request = HttpRequest.get("http://127.0.0.1:" + server.port() + "/?port=" + server.port())
                .withHeader("Host", "virtual.example");
        assertThat(loop.<String>get(agent.request(request).chainCallback(HttpResponse::text)))
                .isEqualTo("localhost:" + server.port());
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void theMessageOfTooManyDoesNotTellQueries() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0),
                request -> Deferred.succeed(HttpResponse.of(302).withHeader("Location", "/again?token=secret"))));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        assertThat(loop.failureOf(agent.get("http://127.0.0.1:" + server.port())))
                .isInstanceOf(TooManyRedirectsException.class)
                .hasMessageContaining("/again")
                .hasMessageNotContaining("secret");
        loop.get(agent.close());
        loop.get(server.stop());
    }
}
