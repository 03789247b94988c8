// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.Leftover;
import io.deferred.testkit.MayLeave;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A source that throws when it is closed keeps no exchange from its end. */
@MayLeave(Leftover.Kind.UNHANDLED_FAILURE) // each test takes its own from the TestLoop, which sees to the rest
class ThrowingSourceTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private static final class Throwing implements Source<byte[]> {
        @Override
        public Deferred<byte[]> next() {
            return Deferred.fail(new IOException("of the next piece"));
        }

        @Override
        public void close() {
            throw new IllegalStateException("of the close");
        }
    }

    @Test
    void aRequestForTheHeadAloneIsAnswered() throws Exception {
        Deferred<Void> begun = new Deferred<>();
        Deferred<HttpResponse> later = new Deferred<>();
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> {
            begun.callback(null);
            return later;
        }));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) TestLoop.SOON.toMillis());
            socket.getOutputStream()
                    .write("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            loop.get(begun);
            later.callback(HttpResponse.of(200, HttpBody.stream(new Throwing())));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(loop.onLoop(server::underWay)).isZero();
        assertThat(loop.takeUnhandled()).singleElement().asString().contains("close of the source", "of the close");
        loop.get(server.stop());
    }

    @Test
    void theFailureOfAWalkIsThatOfTheNextPiece() throws Exception {
        Deferred<Void> walk = new Throwing().forEach(piece -> Deferred.succeed(null));
        assertThat(loop.failureOf(walk)).hasMessage("of the next piece");
        assertThat(loop.takeUnhandled()).singleElement().asString().contains("of the close");
    }

    @Test
    void theFailureOfARequestIsThatOfTheNextPiece() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> new Deferred<>()));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        Deferred<HttpResponse> response =
                agent.request(HttpRequest.post("http://127.0.0.1:" + server.port(), HttpBody.stream(new Throwing())));
        assertThat(loop.failureOf(response)).hasMessage("of the next piece");
        assertThat(loop.takeUnhandled()).singleElement().asString().contains("of the close");
        loop.get(agent.close());
        loop.get(server.drain(Duration.ZERO));
    }
}
