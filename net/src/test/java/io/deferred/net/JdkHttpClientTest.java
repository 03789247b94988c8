// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of the JDK through {@link Deferred#fromStage}: the same guarantees, with the core alone. */
class JdkHttpClientTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private static Deferred<java.net.http.HttpResponse<String>> get(HttpClient client, String url) {
        java.net.http.HttpRequest request =
                java.net.http.HttpRequest.newBuilder(URI.create(url)).build();
        return Deferred.fromStage(client.sendAsync(request, BodyHandlers.ofString()));
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpClient.Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void cancellingReachesTheHandlerOfTheServer(HttpClient.Version version) throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<Void> cancelled = new Deferred<>();
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> {
            begun.callback(null);
            return new Deferred<>(self -> cancelled.callback(null));
        }));
        HttpClient client = HttpClient.newBuilder().version(version).build();
        Deferred<java.net.http.HttpResponse<String>> response = get(client, "http://127.0.0.1:" + server.port());
        loop.get(begun);
        response.cancel();
        assertThat(loop.failureOf(response)).isInstanceOf(CancelledException.class);
        loop.get(cancelled);
        loop.get(server.stop());
    }

    @Test
    void aTimeOutReachesTheHandlerToo() throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<Void> cancelled = new Deferred<>();
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> {
            begun.callback(null);
            return new Deferred<>(self -> cancelled.callback(null));
        }));
        HttpClient client = HttpClient.newHttpClient();
        Deferred<java.net.http.HttpResponse<String>> response = get(client, "http://127.0.0.1:" + server.port());
        loop.get(begun);
        assertThat(loop.failureOf(response.addTimeout(Duration.ofMillis(1), loop.reactor())))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        loop.get(cancelled);
        loop.get(server.stop());
    }

    @Test
    void itsOwnExceptionArrivesWithoutWrappers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(loop.failureOf(get(HttpClient.newHttpClient(), "http://127.0.0.1:" + free)))
                .isInstanceOf(ConnectException.class);
    }
}
