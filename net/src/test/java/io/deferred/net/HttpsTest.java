// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
    @TempDir
    static Path folder;

    private static Certificates certificates;

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.make(folder);
    }

    private HttpServer serve() throws Exception {
        return loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0).tls(certificates.server()),
                request -> Deferred.succeed(
                        HttpResponse.ok(request.version().orElseThrow().toString()))));
    }

    private HttpAgent agent(HttpProtocol protocol, Tls tls) {
        return HttpAgent.on(
                loop.reactor(), HttpAgentOptions.defaults().withTls(tls).withProtocol(protocol));
    }

    @Test
    void bothVersionsAreSpokenOverTls() throws Exception {
        HttpServer server = serve();
        String url = "https://localhost:" + server.port();
        for (HttpProtocol protocol : HttpProtocol.values()) {
            HttpAgent agent = agent(protocol, certificates.client());
            String spoken = loop.<String>get(agent.get(url).chainCallback(HttpResponse::text));
            assertThat(spoken).isEqualTo(protocol == HttpProtocol.HTTP_1_1 ? "HTTP_1_1" : "HTTP_2");
            loop.get(agent.close());
        }
        loop.get(server.stop());
    }

    @Test
    void manyRequestsShareOneConnectionOfHttp2() throws Exception {
        HttpServer server = serve();
        HttpAgent agent = agent(HttpProtocol.NEGOTIATED, certificates.client());
        List<Deferred<String>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(
                    agent.get("https://localhost:" + server.port() + "/" + i).chainCallback(HttpResponse::text));
        }
        List<String> texts = loop.get(Deferred.gatherResults(answers));
        assertThat(texts).hasSize(300).containsOnly("HTTP_2");
        assertThat(server.connections()).isEqualTo(1);
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void aServerThatIsNotTrustedIsNotAsked() throws Exception {
        HttpServer server = serve();
        HttpAgent agent = agent(HttpProtocol.NEGOTIATED, Tls.system());
        assertThat(loop.failureOf(agent.get("https://localhost:" + server.port())))
                .isInstanceOf(SSLException.class);
        loop.get(agent.close());
        loop.get(server.stop());
    }
}
