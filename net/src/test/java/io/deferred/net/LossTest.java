// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Leftover;
import io.deferred.testkit.MayLeave;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends of connections, and of attempts to connect, that nothing but this side itself could tell. */
@MayLeave(Leftover.Kind.UNHANDLED_FAILURE) // each test takes its own from the TestLoop, which sees to the rest
class LossTest {
    /** Its certificates cannot be named to the engine, which says so by throwing. */
    private static final Tls UNUSABLE = Tls.system().trusting(Path.of(""));

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private enum End {
        CLOSE(LossReason.CLOSED_HERE),
        ABORT(LossReason.ABORTED_HERE),
        IDLE(LossReason.IDLE),
        STOP(LossReason.REACTOR_STOPPED);

        final LossReason reason;

        End(LossReason reason) {
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void aPausedConnectionWhosePeerHasGoneStillEnds(End end) throws Exception {
        Recorder server = new Recorder() {
            @Override
            public void connectionMade(Connection connection) {
                connection.pauseReading();
                super.connectionMade(connection);
            }
        };
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), options(end), () -> server));
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            peer.getOutputStream().write(1);
        }
        Connection connection = loop.get(server.made);
        Deferred<String> expected = connection.expect("an answer");
        loop.get(Deferred.deferLater(loop.reactor(), Duration.ofMillis(100))); // the peer's end is here by then
        bring(end, connection);
        assertThat(loop.get(server.lost).reason()).isEqualTo(end.reason);
        assertThat(loop.failureOf(expected)).isInstanceOf(ConnectionLostException.class);
        if (end != End.STOP) {
            loop.get(port.stopListening());
        }
    }

    private void bring(End end, Connection connection) throws Exception {
        switch (end) {
            case CLOSE -> loop.get(connection.close());
            case ABORT -> connection.abort();
            case IDLE -> {}
            case STOP -> loop.get(loop.reactor().stop());
        }
    }

    private static TcpOptions options(End end) {
        TcpOptions options = TcpOptions.defaults().withCloseWithin(Duration.ofMillis(200));
        return end == End.IDLE ? options.withIdleWithin(Duration.ofMillis(200)) : options;
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void whoWaitsUntilSomethingIsSentIsToldThatItNeverWas(End end) throws Exception {
        try (ServerSocket deaf = new ServerSocket(0)) {
            Recorder client = new Recorder();
            Connection connection =
                    loop.get(loop.reactor().connect(Endpoint.local(deaf.getLocalPort()), options(end), client));
            connection.write(new byte[10_000_000]);
            Deferred<Void> room = connection.whenWritable();
            Deferred<Void> told = connection.closeWriting();
            bring(end, connection);
            assertThat(loop.get(client.lost).reason()).isEqualTo(end.reason);
            assertThat(loop.failureOf(room)).isSameAs(loop.get(client.lost));
            assertThat(loop.failureOf(told)).isSameAs(loop.get(client.lost));
        }
    }

    @Test
    void whatConnectionMadeThrowsIsToldAlsoAfterAnAbort() throws Exception {
        IOException thrown = new IOException("not with me");
        Recorder refusing = new Recorder() {
            @Override
            public void connectionMade(Connection connection) {
                connection.abort();
                throw new UncheckedIOException(thrown);
            }
        };
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> refusing));
        try (ServerSocket listening = new ServerSocket(0)) {
            Deferred<Connection> connecting =
                    loop.reactor().connect(Endpoint.local(listening.getLocalPort()), refusing);
            assertThat(loop.failureOf(connecting)).hasCause(thrown);
        }
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            peer.setSoTimeout((int) TestLoop.SOON.toMillis());
            assertThatThrownBy(() -> peer.getInputStream().read()).hasMessageContaining("reset");
        }
        loop.onLoop(() -> 0);
        assertThat(loop.takeUnhandled()).singleElement().asString().contains("connectionMade", "not with me");
        loop.get(port.stopListening());
    }

    @Test
    void whatTheEngineRefusesToBeginFails() throws Exception {
        Endpoint endpoint = Endpoint.local(1).tls(UNUSABLE);
        HttpAgent agent =
                HttpAgent.on(loop.reactor(), HttpAgentOptions.defaults().withTls(UNUSABLE));
        for (Deferred<?> begun : List.of(
                loop.reactor().connect(endpoint, new Recorder()),
                loop.onLoop(() -> List.of(loop.reactor().connect(endpoint, new Recorder())))
                        .get(0),
                agent.get("https://localhost:1/"))) {
            assertThat(loop.failureOf(begun)).isInstanceOf(IllegalArgumentException.class);
        }
        loop.get(agent.close());
    }

    @Test
    void stoppingTheReactorFailsAnAttemptToConnect() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Deferred<Connection> connecting =
                    loop.reactor().connect(Endpoint.local(silent.getLocalPort()).tls(Tls.system()), new Recorder());
            silent.accept().close();
            Deferred<Connection> another =
                    loop.reactor().connect(Endpoint.local(silent.getLocalPort()).tls(Tls.system()), new Recorder());
            Socket accepted = silent.accept();
            loop.failureOf(connecting);
            loop.get(loop.reactor().stop());
            assertThat(loop.failureOf(another))
                    .isInstanceOfSatisfying(
                            ConnectionLostException.class,
                            lost -> assertThat(lost.reason()).isEqualTo(LossReason.REACTOR_STOPPED));
            accepted.close();
        }
    }

    @Test
    void aCancelledAttemptToConnectLeavesNoCallArmed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Deferred<Connection> connecting =
                    loop.reactor().connect(Endpoint.local(silent.getLocalPort()).tls(Tls.system()), new Recorder());
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                assertThat(loop.onLoop(() -> loop.reactor().delayedCalls().size()))
                        .isEqualTo(1);
                connecting.cancel();
                assertThat(loop.failureOf(connecting)).isInstanceOf(CancelledException.class);
                assertThat(loop.onLoop(() -> loop.reactor().delayedCalls().size()))
                        .isZero();
            }
        }
    }

    @Test
    void twoAddressesMayListenOnTheSameNumber() throws Exception {
        HttpServer one = loop.get(HttpServer.listen(
                loop.reactor(), Endpoint.local(0), request -> Deferred.succeed(HttpResponse.ok("one"))));
        HttpServer two = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.of("127.0.0.2", one.port()),
                request -> Deferred.succeed(HttpResponse.ok("two"))));
        HttpAgent agent = HttpAgent.on(loop.reactor());
        assertThat(loop.<String>get(agent.get("http://127.0.0.1:" + one.port()).chainCallback(HttpResponse::text)))
                .isEqualTo("one");
        loop.get(two.stop());
        assertThat(loop.<String>get(agent.get("http://127.0.0.1:" + one.port()).chainCallback(HttpResponse::text)))
                .isEqualTo("one");
        loop.get(agent.close());
        loop.get(one.stop());
    }
}
