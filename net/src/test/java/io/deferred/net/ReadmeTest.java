// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the README shows of the network runs. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path THIS = Path.of("src/test/java/io/deferred/net/ReadmeTest.java");

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @Test
    void aPageIsRead() throws Exception {
        Reactor reactor = loop.reactor();
        Deferred<String> asked = new Deferred<>();
        HttpServer server = loop.get(HttpServer.listen(reactor, Endpoint.local(0), request -> {
            asked.callback(request.target());
            return Deferred.succeed(HttpResponse.text(200, "a page"));
        }));
        HttpAgent agent = HttpAgent.on(reactor);
        String url = "http://127.0.0.1:" + server.port() + "/page";
        // #region get
        Deferred<Void> page = agent.get(url)
                .chainCallback(HttpResponse::text)
                .addTimeout(Duration.ofSeconds(5), reactor) // resets the stream, or closes the connection
                .consume(System.out::println)
                .handle(failure -> System.err.println(failure.exception()));
        // #endregion
        loop.get(page);
        assertThat(loop.get(asked)).isEqualTo("/page");
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void theReadmeShowsIt() throws IOException {
        String code = Files.readString(THIS);
        String region = code.substring(code.indexOf("// #region get\n") + 15, code.indexOf("// #endregion\n"));
        assertThat(squeezed(Files.readString(README))).contains(squeezed(region));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
