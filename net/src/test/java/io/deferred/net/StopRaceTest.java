// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is begun on another thread while the reactor stops: it comes to be, or it fails, and who waits for it is told. */
class StopRaceTest {
    /** Who gives a loop more than it can do keeps it from its end. */
    private static final int MOST_GIVEN = 64;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingBegunIsFiredHoweverItMeetsTheStop(boolean inPeace) throws Exception {
        int met = 0;
        for (int round = 0; round < 24 || (met == 0 && round < 1_000); round++) {
            try (Race race = new Race()) {
                race.begin(round % 24);
                race.stop(inPeace);
                boolean early = !race.reactor.isStopping();
                race.begin(400);
                met += early && race.reactor.isStopping() ? 1 : 0;
                race.end();
            }
        }
        assertThat(met).as("rounds in which the stop came in between").isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingEndedIsFiredHoweverItMeetsTheStop(boolean inPeace) throws Exception {
        for (int round = 0; round < 30; round++) {
            try (Race race = new Race()) {
                Ends ends = new Ends(race.reactor);
                race.stop(inPeace);
                for (int i = 0; i < 40; i++) {
                    race.begun.addAll(ends.all());
                }
                race.end();
                race.reactor.close();
                race.begun.addAll(ends.all());
                race.end();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsThatComeAboutWhileItStopsAreEnded(boolean inPeace) throws Exception {
        for (int round = 0; round < 150; round++) {
            try (Race race = new Race()) {
                race.connect(round % 7);
                race.stop(inPeace);
                race.end();
            }
        }
    }

    @Test
    void aStopMayOvertakeADrain() throws Exception {
        for (int round = 0; round < 300; round++) {
            try (Race race = new Race()) {
                race.stop(true);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTaskThatIsTakenIsRunThoughTheLoopEnds(boolean byTheUser) throws Exception {
        for (int round = 0; round < 100; round++) {
            Reactor reactor = Reactor.start();
            AtomicInteger given = new AtomicInteger();
            AtomicInteger run = new AtomicInteger();
            Thread giver = new Thread(() -> {
                try {
                    while (!isOver(reactor)) {
                        if (byTheUser) {
                            reactor.execute(run::incrementAndGet);
                        } else {
                            reactor.tell(run::incrementAndGet);
                        }
                        given.incrementAndGet();
                        while (given.get() - run.get() > MOST_GIVEN && !isOver(reactor)) {
                            Thread.onSpinWait();
                        }
                    }
                } catch (RejectedExecutionException e) {
                    // as is to be
                }
            });
            giver.start();
            reactor.close();
            giver.join();
            assertThat(run).hasValue(given.get());
        }
    }

    private static boolean isOver(Reactor reactor) {
        return reactor.toString().contains("stopped");
    }

    private static final class Race implements AutoCloseable {
        private final Reactor reactor = Reactor.start();
        private final ServerSocket silent = new ServerSocket(0, 4_096);
        private final Endpoint peer = Endpoint.local(silent.getLocalPort());
        private final HttpAgent agent = HttpAgent.on(reactor);
        private final List<Deferred<?>> begun = new ArrayList<>();

        Race() throws IOException {}

        void begin(int times) {
            HttpHandler handler = request -> Deferred.succeed(HttpResponse.ok("here"));
            List<Supplier<Deferred<?>>> beginnings = List.of(
                    () -> reactor.connect(peer, new Recorder()),
                    () -> reactor.connect(peer.tls(Tls.system()), new Recorder()),
                    () -> reactor.listen(Endpoint.local(0), Recorder::new),
                    () -> HttpServer.listen(reactor, Endpoint.local(0), handler),
                    () -> agent.get("http://127.0.0.1:" + silent.getLocalPort()));
            for (int i = 0; i < times; i++) {
                begun.add(beginnings.get(i % beginnings.size()).get());
            }
        }

        void connect(int times) {
            TcpOptions options = TcpOptions.defaults().withIdleWithin(Duration.ofHours(1));
            for (int i = 0; i < times; i++) {
                begun.add(reactor.connect(peer, options, new Recorder()));
            }
        }

        void stop(boolean inPeace) {
            new Thread(() -> (inPeace ? reactor.drain(Duration.ofMillis(20)) : reactor.stop()).tapBoth(stopped -> {}))
                    .start();
        }

        void end() throws InterruptedException {
            CountDownLatch fired = new CountDownLatch(begun.size());
            begun.forEach(one -> one.tapBoth(outcome -> fired.countDown()).handle(failure -> {}));
            assertThat(fired.await(TestLoop.SOON.toSeconds(), TimeUnit.SECONDS))
                    .as("all fired: " + begun)
                    .isTrue();
        }

        @Override
        public void close() throws IOException {
            reactor.close();
            silent.close();
            assertThat(reactor.residents().count())
                    .as("what lived on to the end")
                    .isZero();
        }
    }

    /** Of each kind one, at work, to be ended. */
    private static final class Ends {
        private final Port port;
        private final HttpServer server;
        private final HttpAgent idle;
        private final HttpAgent busy;
        private final Connection connection;
        private final Source<byte[]> body;

        Ends(Reactor reactor) throws Exception {
            port = get(reactor.listen(Endpoint.local(0), Recorder::new));
            connection = get(reactor.connect(Endpoint.local(port.number()), new Recorder()));
            server = get(HttpServer.listen(
                    reactor,
                    Endpoint.local(0),
                    request -> Deferred.succeed(
                            request.path().equals("/")
                                    ? HttpResponse.ok("here")
                                    : HttpResponse.of(200, HttpBody.stream(Deferred::new)))));
            String url = "http://127.0.0.1:" + server.port();
            idle = HttpAgent.on(reactor);
            get(idle.get(url).chainCallback(HttpResponse::text));
            busy = HttpAgent.on(reactor);
            body = get(busy.get(url + "/endless")).body().stream();
        }

        private static <T> T get(Deferred<T> deferred) throws Exception {
            return deferred.get(TestLoop.SOON);
        }

        List<Deferred<?>> all() {
            return List.of(
                    body.next(),
                    connection.expect("an answer"),
                    connection.whenLost(),
                    connection.send(new byte[1]),
                    connection.closeWriting(),
                    connection.close(),
                    port.stopListening(),
                    server.drain(Duration.ofMillis(5)),
                    server.stop(),
                    idle.close(),
                    busy.close());
        }
    }
}
