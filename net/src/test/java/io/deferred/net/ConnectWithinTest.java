// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How long a request waits for its connection: for servers that take one, and never say the first word of HTTP/2, and for others that use it. */
class ConnectWithinTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private HttpAgent agent(HttpProtocol protocol, Tls tls, Duration connecting) {
        return HttpAgent.on(
                loop.reactor(),
                HttpAgentOptions.defaults()
                        .withProtocol(protocol)
                        .withTls(tls)
                        .withTimeouts(connecting, Duration.ofHours(1)));
    }

    @Test
    void aRequestWaitsNoLongerForTheConnectionOfAnother() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> new Deferred<>()));
        HttpAgentOptions one =
                HttpAgentOptions.defaults().withPool(1, 10).withTimeouts(Duration.ofMillis(200), Duration.ofHours(1));
        HttpAgent agent = HttpAgent.on(loop.reactor(), one);
        String url = "http://127.0.0.1:" + server.port();
        Deferred<HttpResponse> first = agent.get(url);
        loop.awaitThat(() -> server.underWay() == 1);
        assertThat(loop.failureOf(agent.get(url))).isInstanceOf(SocketTimeoutException.class);
        assertThat(first.called()).isFalse();
        first.cancel();
        loop.failureOf(first);
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void requestsToAMuteServerFailAndItsConnectionIsClosed() throws Exception {
        HttpAgent agent = agent(HttpProtocol.HTTP_2_PRIOR_KNOWLEDGE, Tls.system(), Duration.ofMillis(200));
        try (ServerSocket mute = new ServerSocket(0)) {
            String url = "http://127.0.0.1:" + mute.getLocalPort();
            Deferred<HttpResponse> first = agent.get(url);
            Deferred<HttpResponse> second = agent.get(url);
            try (Socket accepted = mute.accept()) {
                assertThat(loop.failureOf(first)).isInstanceOf(SocketTimeoutException.class);
                assertThat(loop.failureOf(second)).isInstanceOf(SocketTimeoutException.class);
                assertIsClosed(accepted);
            }
        }
        loop.get(agent.close());
    }

    private static void assertIsClosed(Socket peer) throws IOException {
        peer.setSoTimeout((int) TestLoop.SOON.toMillis());
        try {
            peer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            // as good as an end
        }
    }

    @Test
    void aServerThatIsMuteAfterTlsIsTreatedAlike(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.make(folder);
        HttpAgent agent = agent(HttpProtocol.NEGOTIATED, certificates.client(), Duration.ofSeconds(3));
        try (SSLServerSocket mute = speakingHttp2(certificates)) {
            Deferred<HttpResponse> response = agent.get("https://localhost:" + mute.getLocalPort());
            try (SSLSocket accepted = (SSLSocket) mute.accept()) {
                accepted.startHandshake();
                assertThat(accepted.getApplicationProtocol()).isEqualTo("h2");
                assertThat(loop.failureOf(response)).isInstanceOf(SocketTimeoutException.class);
                assertIsClosed(accepted);
            }
        }
        loop.get(agent.close());
    }

    private static SSLServerSocket speakingHttp2(Certificates certificates) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificates.identity(), Certificates.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        return socket;
    }
}
