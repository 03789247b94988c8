// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerSentEventsTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private HttpAgent agent;
    private HttpServer server;

    private Source<byte[]> open(HttpResponse response) throws Exception {
        server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), request -> Deferred.succeed(response)));
        agent = HttpAgent.on(loop.reactor());
        HttpResponse received = loop.get(agent.get("http://127.0.0.1:" + server.port()));
        assertThat(received.header("Content-Type")).contains("text/event-stream");
        return received.body().stream();
    }

    private String next(Source<byte[]> stream) throws Exception {
        byte[] piece = loop.<byte[]>get(stream.next());
        return piece == null ? null : new String(piece, StandardCharsets.UTF_8);
    }

    private void stop() throws Exception {
        loop.get(agent.close());
        loop.get(server.stop());
    }

    @Test
    void eventsGoOutWhenTheyComeAndNullEndsThem() throws Exception {
        DeferredQueue<ServerSentEvent> news = new DeferredQueue<>();
        Source<byte[]> stream = open(HttpResponse.events(news::get));
        news.put(ServerSentEvent.of("one\ntwo"));
        assertThat(next(stream)).isEqualTo("data: one\ndata: two\n\n");
        news.put(new ServerSentEvent("x", "greeting", "7"));
        assertThat(next(stream)).isEqualTo("event: greeting\nid: 7\ndata: x\n\n");
        news.put(null);
        assertThat(next(stream)).isNull();
        stop();
    }

    @Test
    void aClientThatLeavesCancelsWhatWasAskedForAndClosesTheSource() throws Exception {
        Deferred<Void> cancelled = new Deferred<>();
        Deferred<Void> closed = new Deferred<>();
        Source<byte[]> stream = open(HttpResponse.events(new Source<>() {
            @Override
            public Deferred<ServerSentEvent> next() {
                return new Deferred<>(self -> cancelled.callback(null));
            }

            @Override
            public void close() {
                if (!closed.called()) {
                    closed.callback(null);
                }
            }
        }));
        stream.close();
        loop.get(cancelled);
        loop.get(closed);
        stop();
    }

    @Test
    void aClientThatDoesNotReadIsGivenNoMore() throws Exception {
        String much = "x".repeat(100_000);
        long enough = 1_000; // at its end there was no back-pressure
        AtomicLong given = new AtomicLong();
        Source<byte[]> stream = open(HttpResponse.events(() -> {
            return given.incrementAndGet() > enough
                    ? Deferred.succeed(null)
                    : Deferred.succeed(ServerSentEvent.of(much));
        }));
        loop.awaitStill(given);
        assertThat(given.get()).isBetween(1L, enough);
        stream.close();
        stop();
    }

    @Test
    void whereNoEventComesACommentGoesOutAndTheEventIsNotLost() throws Exception {
        DeferredQueue<ServerSentEvent> news = new DeferredQueue<>();
        EventStream events = new EventStream(news::get, Duration.ofMillis(30));
        Source<byte[]> stream =
                open(HttpResponse.of(200, HttpBody.stream(events)).withHeader("Content-Type", "text/event-stream"));
        assertThat(next(stream)).startsWith(":\n\n");
        assertThat(news.toString()).contains("1 waiting");
        news.put(ServerSentEvent.of("at last"));
        String piece;
        do {
            piece = next(stream);
        } while (!piece.contains("data"));
        assertThat(piece).contains("data: at last\n\n");
        stream.close();
        stop();
    }

    @Test
    void anEventThatComesWhileTheClientTakesACommentIsNotLost() throws Exception {
        DeferredQueue<ServerSentEvent> news = new DeferredQueue<>();
        EventStream events = new EventStream(news::get, Duration.ofMillis(1));
        assertThat(loop.<byte[]>get(loop.onLoop(() -> List.of(events.next())).get(0)))
                .isEqualTo(":\n\n".getBytes(StandardCharsets.UTF_8));
        news.put(ServerSentEvent.of("at last"));
        assertThat(loop.<byte[]>get(loop.onLoop(() -> List.of(events.next())).get(0)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("data: at last\n\n");
    }

    @Test
    void aFailureThatComesWhileTheClientTakesACommentIsNotLost() throws Exception {
        Deferred<ServerSentEvent> failing = new Deferred<>();
        EventStream events = new EventStream(() -> failing, Duration.ofMillis(1));
        loop.<byte[]>get(loop.onLoop(() -> List.of(events.next())).get(0));
        failing.errback(new IOException("no more news"));
        assertThat(loop.failureOf(loop.onLoop(() -> List.of(events.next())).get(0)))
                .hasMessage("no more news");
    }

    @Test
    void aSourceThatThrowsLeavesNoCommentToCome() throws Exception {
        EventStream events = new EventStream(
                () -> {
                    throw new IllegalStateException("no news");
                },
                Duration.ofHours(1));
        assertThatThrownBy(() -> loop.onLoop(events::next)).hasMessageContaining("no news");
        assertThat(loop.reactor().delayedCalls()).isEmpty();
    }

    @Test
    void aTypeOrAnIdOfSeveralLinesIsRefused() {
        assertThatThrownBy(() -> new ServerSentEvent("x", "a\nb", null)).hasMessageContaining("must be one line");
        assertThatThrownBy(() -> new ServerSentEvent("x", null, "a\rb")).hasMessageContaining("must be one line");
    }
}
