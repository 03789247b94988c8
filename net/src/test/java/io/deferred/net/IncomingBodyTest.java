// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who reads a body that somebody else lets go of, or reads as well. */
class IncomingBodyTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @Test
    void whoReadsABodyAsideIsNotGivenAPartOfItForTheWhole() throws Exception {
        Deferred<byte[]> aside = new Deferred<>();
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> {
            request.body().bytes().chainDeferred(aside);
            return Deferred.succeed(HttpResponse.of(202));
        }));
        try (Http2Frames client = new Http2Frames(server.port())) {
            client.post();
            client.awaitResponse();
            client.sendLast(100);
            assertThat(loop.failureOf(aside)).isInstanceOf(ConnectionLostException.class);
        }
        loop.get(server.stop());
    }

    @Test
    void whoAsksAfterTheResponseIsNotToldThatTheBodyHasEnded() throws Exception {
        Deferred<Source<byte[]>> body = new Deferred<>();
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> {
            body.callback(request.body().stream());
            return Deferred.succeed(HttpResponse.of(202));
        }));
        try (Http2Frames client = new Http2Frames(server.port())) {
            client.post();
            client.awaitResponse();
            client.sendLast(100);
            assertThat(loop.failureOf(loop.get(body).next())).isInstanceOf(ConnectionLostException.class);
        }
        loop.get(server.stop());
    }

    @Test
    void aSecondReaderThatIsCancelledAtOnceDoesNotTakeTheFirstOnesPlace() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0),
                request -> Deferred.succeed(HttpResponse.of(200, HttpBody.stream(Deferred::new)))));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        Source<byte[]> body = loop.get(agent.get("http://127.0.0.1:" + server.port())).body().stream();
        CountDownLatch asked = new CountDownLatch(1);
        loop.reactor().execute(() -> {
            try {
                asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Deferred<byte[]> first = body.next();
        Deferred<byte[]> second = body.next();
        second.cancel();
        asked.countDown();
        assertThat(loop.failureOf(second)).isInstanceOf(CancelledException.class);
        assertThat(loop.failureOf(first)).isInstanceOf(ConnectionLostException.class);
        loop.get(agent.close());
        loop.get(server.stop());
    }
}
