// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends of connections, and of attempts to connect, that nothing but this side itself could tell. */
class LossTest {
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
        TcpOptions options =
                end == End.IDLE ? TcpOptions.defaults().withIdleWithin(Duration.ofMillis(200)) : TcpOptions.defaults();
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), options, () -> server));
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            peer.getOutputStream().write(1);
        }
        Connection connection = loop.get(server.made);
        Deferred<String> expected = connection.expect("an answer");
        loop.get(Deferred.deferLater(loop.reactor(), Duration.ofMillis(100))); // the peer's end is here by then
        switch (end) {
            case CLOSE -> loop.get(connection.close());
            case ABORT -> connection.abort();
            case IDLE -> {}
            case STOP -> loop.get(loop.reactor().stop());
        }
        assertThat(loop.get(server.lost).reason()).isEqualTo(end.reason);
        assertThat(loop.failureOf(expected)).isInstanceOf(ConnectionLostException.class);
        if (end != End.STOP) {
            loop.get(port.stopListening());
        }
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
