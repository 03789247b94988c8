// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Leftover;
import io.deferred.Turn;
import io.deferred.testkit.MayLeave;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@MayLeave(Leftover.Kind.UNHANDLED_FAILURE) // each test takes its own from the TestLoop, which sees to the rest
class TcpTest {
    private static final Protocol ECHO = (connection, data) -> connection.write(data);

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private Port listen(Protocol protocol) throws Exception {
        return loop.get(loop.reactor().listen(Endpoint.local(0), () -> protocol));
    }

    private Connection connect(Port port, Protocol protocol) throws Exception {
        return loop.get(loop.reactor().connect(Endpoint.local(port.number()), protocol));
    }

    private static LossReason reasonOf(ConnectionLostException lost) {
        return lost.reason();
    }

    @Test
    void whatIsWrittenComesBackFromAnEcho() throws Exception {
        Port port = listen(ECHO);
        Recorder client = new Recorder();
        Connection connection = connect(port, client);
        connection.write("hello");
        assertThat(loop.get(client.chunks.get())).isEqualTo("hello");
        assertThat(connection.remoteAddress().getPort()).isEqualTo(port.number());
        assertThat(connection.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
        assertThat(connection.tlsSession()).isEmpty();
        loop.get(connection.close());
        assertThat(reasonOf(loop.get(client.lost))).isEqualTo(LossReason.CLOSED_HERE);
        loop.get(port.stopListening());
    }

    @Test
    void closingSendsWhatWasWrittenFirst() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(server);
        Connection connection = connect(port, new Recorder());
        byte[] much = new byte[3_000_000];
        connection.write(much);
        connection.close();
        assertThat(reasonOf(loop.get(server.lost))).isEqualTo(LossReason.CLOSED_BY_PEER);
        assertThat(loop.get(server.lost).clean()).isTrue();
        assertThat(server.received()).isEqualTo(much.length);
        loop.get(port.stopListening());
    }

    @Test
    void aConnectionThatIsResetIsBroken() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(server);
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            loop.get(server.made);
            peer.setSoLinger(true, 0);
        }
        ConnectionLostException lost = loop.get(server.lost);
        assertThat(lost.reason()).isEqualTo(LossReason.BROKEN);
        assertThat(lost.clean()).isFalse();
        assertThat(lost).hasCauseInstanceOf(IOException.class);
        loop.get(port.stopListening());
    }

    @Test
    void aLostConnectionFailsAllThatWaitsOnIt() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(server);
        Connection connection = connect(port, new Recorder());
        Deferred<String> answer = connection.expect("the answer");
        Deferred<String> cancelled = connection.expect("not wanted any more");
        cancelled.cancel();
        Deferred<ConnectionLostException> loss = connection.whenLost();
        Connection atServer = loop.get(server.made);
        atServer.abort();
        assertThat(loop.failureOf(answer)).isInstanceOf(ConnectionLostException.class);
        assertThat(loop.failureOf(cancelled)).isInstanceOf(CancelledException.class);
        assertThat(loop.get(loss)).isInstanceOf(ConnectionLostException.class);
        assertThat(loop.failureOf(connection.expect("too late"))).isSameAs(loop.get(connection.whenLost()));
        assertThat(loop.failureOf(connection.send(new byte[1]))).isSameAs(loop.get(connection.whenLost()));
        assertThat(reasonOf(loop.get(server.lost))).isEqualTo(LossReason.ABORTED_HERE);
        loop.get(port.stopListening());
    }

    @Test
    void whatIsExpectedAndFiredIsNotTouchedByTheLoss() throws Exception {
        Port port = listen(ECHO);
        Connection connection = connect(port, new Recorder());
        Deferred<String> answer = connection.expect("the answer");
        answer.callback("here");
        loop.get(connection.close());
        assertThat(loop.get(answer)).isEqualTo("here");
        loop.get(port.stopListening());
    }

    @Test
    void sendingWaitsForAPeerThatDoesNotRead() throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void connectionMade(Connection connection) {
                connection.pauseReading();
                super.connectionMade(connection);
            }
        };
        Port port = listen(server);
        Connection connection = connect(port, new Recorder());
        Connection atServer = loop.get(server.made);
        byte[] chunk = new byte[64 * 1024];
        AtomicLong sent = new AtomicLong();
        int total = 400;
        Deferred<Void> all = Deferred.loop(() -> connection
                .send(chunk)
                .addCallback(room -> sent.incrementAndGet() < total ? Turn.again() : Turn.stop(null)));
        loop.awaitStill(sent);
        assertThat(all.outcome()).isEmpty();
        assertThat(sent.get()).isLessThan(total);
        assertThat(server.received()).as("received of " + sent).isZero();
        atServer.resumeReading();
        loop.get(all);
        loop.get(connection.close());
        loop.get(server.lost);
        assertThat(server.received()).isEqualTo(total * chunk.length);
        loop.get(port.stopListening());
    }

    @Test
    void aPeerForWhomTooMuchWaitsIsCutOff() throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void connectionMade(Connection connection) {
                connection.pauseReading();
                super.connectionMade(connection);
            }
        };
        Port port = listen(server);
        Recorder client = new Recorder();
        Connection connection = loop.get(loop.reactor()
                .connect(Endpoint.local(port.number()), TcpOptions.defaults().withWriteLimits(1000, 100_000), client));
        byte[] chunk = new byte[50_000];
        Deferred<ConnectionLostException> lost = connection.whenLost();
        Deferred<Void> endless = Deferred.loop(() -> {
            connection.write(chunk);
            return lost.called()
                    ? Deferred.succeed(Turn.stop(null))
                    : Deferred.deferLater(loop.reactor(), Duration.ZERO).addCallback(now -> Turn.again());
        });
        loop.get(endless);
        assertThat(reasonOf(loop.get(lost))).isEqualTo(LossReason.PEER_TOO_SLOW);
        loop.get(loop.get(server.made).close());
        loop.get(port.stopListening());
    }

    @Test
    void whatComesWhileReadingIsPausedIsReceivedBeforeTheLoss() throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void connectionMade(Connection connection) {
                connection.pauseReading();
                super.connectionMade(connection);
            }
        };
        Port port = listen(server);
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            peer.getOutputStream().write("last words".getBytes(StandardCharsets.UTF_8));
        }
        Connection connection = loop.get(server.made);
        loop.get(Deferred.deferLater(loop.reactor(), Duration.ofMillis(50)));
        assertThat(server.lost.called()).isFalse();
        connection.resumeReading();
        assertThat(reasonOf(loop.get(server.lost))).isEqualTo(LossReason.CLOSED_BY_PEER);
        assertThat(server.text()).isEqualTo("last words");
        loop.get(port.stopListening());
    }

    @Test
    void anIdleConnectionIsLost() throws Exception {
        Recorder server = new Recorder();
        Port port = loop.get(loop.reactor()
                .listen(Endpoint.local(0), TcpOptions.defaults().withIdleWithin(Duration.ofMillis(50)), () -> server));
        Recorder client = new Recorder();
        connect(port, client);
        assertThat(reasonOf(loop.get(server.lost))).isEqualTo(LossReason.IDLE);
        loop.get(client.lost);
        loop.get(port.stopListening());
    }

    @Test
    void closingDoesNotWaitForeverForAPeerThatDoesNotRead() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0)) {
            Recorder client = new Recorder();
            Connection connection = loop.get(loop.reactor()
                    .connect(
                            Endpoint.local(deaf.getLocalPort()),
                            TcpOptions.defaults().withCloseWithin(Duration.ofMillis(50)),
                            client));
            connection.write(new byte[10_000_000]);
            loop.get(connection.close());
            assertThat(reasonOf(loop.get(client.lost))).isEqualTo(LossReason.CLOSED_HERE);
        }
    }

    @Test
    void anExceptionOfTheProtocolLosesTheConnectionAndIsReported() throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void dataReceived(Connection connection, byte[] data) {
                throw new IllegalStateException("of the protocol");
            }
        };
        Port port = listen(server);
        Recorder client = new Recorder();
        connect(port, client).write("x");
        ConnectionLostException lost = loop.get(server.lost);
        assertThat(lost.reason()).isEqualTo(LossReason.PROTOCOL_FAILED);
        assertThat(lost).hasCauseInstanceOf(IllegalStateException.class);
        loop.get(client.lost);
        assertThat(loop.takeUnhandled())
                .singleElement()
                .asString()
                .contains("dataReceived of the protocol of connection from 127.0.0.1", "of the protocol");
        loop.get(port.stopListening());
    }

    @Test
    void whatConnectionMadeThrowsFailsTheConnect() throws Exception {
        Port port = listen(ECHO);
        IllegalStateException thrown = new IllegalStateException("not with me");
        Protocol refusing = new Protocol() {
            @Override
            public void connectionMade(Connection connection) {
                throw thrown;
            }

            @Override
            public void dataReceived(Connection connection, byte[] data) {}
        };
        assertThat(loop.failureOf(loop.reactor().connect(Endpoint.local(port.number()), refusing)))
                .isSameAs(thrown);
        loop.get(port.stopListening());
    }

    @Test
    void aProtocolThatCannotBeMadeIsReportedAndThePortGoesOn() throws Exception {
        Queue<Protocol> protocols = new ConcurrentLinkedQueue<>(List.of(ECHO));
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), protocols::remove));
        Recorder first = new Recorder();
        Connection connection = connect(port, first);
        connection.write("a");
        loop.get(first.chunks.get());
        Recorder second = new Recorder();
        connect(port, second);
        loop.get(second.lost);
        assertThat(loop.takeUnhandled()).singleElement().asString().contains("NoSuchElementException");
        loop.get(connection.close());
        loop.get(port.stopListening());
    }

    @Test
    void whereNobodyListensConnectingFails() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Throwable failure = loop.failureOf(loop.reactor().connect(Endpoint.local(free), ECHO));
        assertThat(failure.getClass()).isEqualTo(ConnectException.class);
        assertThat(failure).hasMessageContaining("connect to tcp://127.0.0.1:" + free);
    }

    @Test
    void aPortThatIsTakenCannotBeListenedOn() throws Exception {
        Port port = listen(ECHO);
        Throwable failure = loop.failureOf(loop.reactor().listen(Endpoint.local(port.number()), () -> ECHO));
        assertThat(failure).isInstanceOf(BindException.class);
        loop.get(port.stopListening());
    }

    @Test
    void connectingGivesUpAfterItsTime() throws Exception {
        // TLS that never answers: the server accepts, and says nothing.
        try (ServerSocket silent = new ServerSocket(0)) {
            Deferred<Connection> connecting = loop.reactor()
                    .connect(
                            Endpoint.local(silent.getLocalPort()).tls(Tls.system()),
                            TcpOptions.defaults().withConnectWithin(Duration.ofMillis(200)),
                            ECHO);
            assertThat(loop.failureOf(connecting))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("within 0.2s");
        }
    }

    @Test
    void aCancelledConnectLeavesNoConnection() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(server);
        Deferred<Connection> connecting = loop.onLoop(() -> {
                    Deferred<Connection> begun = loop.reactor().connect(Endpoint.local(port.number()), new Recorder());
                    begun.cancel();
                    return List.of(begun);
                })
                .get(0);
        assertThat(loop.failureOf(connecting)).isInstanceOf(CancelledException.class);
        if (loop.get(server.made
                        .fork()
                        .addTimeout(Duration.ofSeconds(1), loop.reactor())
                        .addErrback(none -> null))
                != null) {
            loop.get(server.lost);
        }
        assertThat(port.connections()).isZero();
        loop.get(port.stopListening());
    }

    @Test
    void aPortThatListensNoMoreKeepsItsConnections() throws Exception {
        Port port = listen(ECHO);
        Recorder client = new Recorder();
        Connection connection = connect(port, client);
        connection.write("1");
        loop.get(client.chunks.get());
        assertThat(port.connections()).isEqualTo(1);
        loop.get(port.stopListening());
        assertThat(loop.failureOf(loop.reactor().connect(Endpoint.local(port.number()), ECHO)))
                .isInstanceOf(ConnectException.class);
        connection.write("2");
        assertThat(loop.get(client.chunks.get())).isEqualTo("2");
        loop.get(connection.close());
        loop.get(port.stopListening());
    }

    @Test
    void thoseAboveTheLimitAreTurnedAway() throws Exception {
        Port port = loop.get(
                loop.reactor().listen(Endpoint.local(0), TcpOptions.defaults().withMaxConnections(1), () -> ECHO));
        Recorder first = new Recorder();
        Connection connection = connect(port, first);
        connection.write("1");
        loop.get(first.chunks.get());
        Recorder second = new Recorder();
        connect(port, second);
        assertThat(reasonOf(loop.get(second.lost))).isEqualTo(LossReason.CLOSED_BY_PEER);
        loop.get(connection.close());
        loop.get(port.stopListening());
    }

    @Test
    void stoppingTheReactorLosesItsConnections() throws Exception {
        Port port = listen(ECHO);
        Recorder client = new Recorder();
        Connection connection = connect(port, client);
        Deferred<String> answer = connection.expect("an answer");
        loop.get(loop.reactor().stop());
        assertThat(reasonOf(loop.get(client.lost))).isEqualTo(LossReason.REACTOR_STOPPED);
        assertThat(loop.failureOf(answer)).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void drainingTellsTheProtocolAndWaitsForItsEnd() throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void draining(Connection connection) {
                connection.write("finishing");
                loop.reactor().callLater(Duration.ofMillis(20), () -> {
                    connection.write(", done");
                    connection.close();
                });
            }
        };
        Port port = listen(server);
        StringBuilder read = new StringBuilder();
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            loop.get(server.made);
            Deferred<Void> drained = loop.reactor().drain(TestLoop.SOON);
            for (int b = peer.getInputStream().read();
                    b >= 0;
                    b = peer.getInputStream().read()) {
                read.append((char) b);
            }
            loop.get(drained);
        }
        assertThat(read).hasToString("finishing, done");
        assertThat(reasonOf(loop.get(server.lost))).isEqualTo(LossReason.CLOSED_HERE);
    }

    @Test
    void drainingEndsWhenItsTimeIsOver() throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void draining(Connection connection) {}
        };
        Port port = listen(server);
        Recorder client = new Recorder() {
            @Override
            public void draining(Connection connection) {}
        };
        connect(port, client);
        loop.get(server.made);
        loop.get(loop.reactor().drain(Duration.ofMillis(50)));
        assertThat(reasonOf(loop.get(server.lost))).isEqualTo(LossReason.REACTOR_STOPPED);
    }

    @Test
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> Endpoint.of(" ", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Endpoint.local(65_536)).hasMessageContaining("0 to 65535: 65536");
        assertThatThrownBy(() -> loop.reactor().connect(Endpoint.local(0), ECHO))
                .hasMessageContaining("1 to 65535: 0");
        assertThatThrownBy(() -> TcpOptions.defaults().withWriteLimits(10, 9))
                .hasMessageContaining("9 is less than 10");
        assertThatThrownBy(() -> TcpOptions.defaults().withConnectWithin(Duration.ZERO))
                .hasMessageContaining("connectWithin must be longer than zero");
    }
}
