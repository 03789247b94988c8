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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is begun on another thread while the reactor stops: it comes to be, or it fails, and who waits for it is told. */
class StopRaceTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingBegunIsFiredHoweverItMeetsTheStop(boolean inPeace) throws Exception {
        for (int before = 0; before < 24; before++) {
            try (Race race = new Race()) {
                race.begin(before);
                race.stop(inPeace);
                race.begin(400);
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
            for (int i = 0; i < times; i++) {
                begun.add(reactor.connect(peer, new Recorder()));
            }
        }

        void stop(boolean inPeace) throws InterruptedException {
            CountDownLatch stopping = new CountDownLatch(1);
            new Thread(() -> {
                        stopping.countDown();
                        (inPeace ? reactor.drain(Duration.ofMillis(20)) : reactor.stop()).tapBoth(stopped -> {});
                    })
                    .start();
            stopping.await();
        }

        void end() throws InterruptedException {
            CountDownLatch fired = new CountDownLatch(begun.size());
            begun.forEach(one -> one.tapBoth(outcome -> fired.countDown()).handle(failure -> {}));
            fired.await(TestLoop.SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(begun).allMatch(Deferred::called);
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
}
