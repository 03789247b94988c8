// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.Leftover;
import io.deferred.testkit.MayLeave;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@MayLeave(Leftover.Kind.UNHANDLED_FAILURE) // each test takes its own from the TestLoop, which sees to the rest
class HalfCloseTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    /** Keeps what it is told, and does not close by itself. */
    private static class Patient extends Recorder implements HalfCloseableProtocol {
        final Deferred<Integer> ended = new Deferred<>();

        @Override
        public void readConnectionLost(Connection connection) {
            ended.callback(received());
        }
    }

    private Port listen(Protocol protocol) throws Exception {
        return loop.get(loop.reactor().listen(Endpoint.local(0), () -> protocol));
    }

    private static Socket connect(Port port) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.number());
        socket.setSoTimeout((int) TestLoop.SOON.toMillis());
        return socket;
    }

    private static String rest(Socket socket) throws Exception {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aPeerThatSendsNoMoreStillGetsItsAnswer() throws Exception {
        Patient server = new Patient();
        Port port = listen(server);
        try (Socket peer = connect(port)) {
            peer.getOutputStream().write("question".getBytes(StandardCharsets.US_ASCII));
            peer.shutdownOutput();
            assertThat(loop.get(server.ended)).isEqualTo("question".length());
            Connection connection = loop.get(server.made);
            connection.write("answer");
            loop.get(connection.close());
            assertThat(rest(peer)).isEqualTo("answer");
        }
        assertThat(loop.get(server.lost).reason()).isEqualTo(LossReason.CLOSED_HERE);
        loop.get(port.stopListening());
    }

    @Test
    void anyOtherProtocolLosesTheConnectionThen() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(server);
        try (Socket peer = connect(port)) {
            peer.shutdownOutput();
            assertThat(loop.get(server.lost).reason()).isEqualTo(LossReason.CLOSED_BY_PEER);
        }
        loop.get(port.stopListening());
    }

    @Test
    void closingTheWritingTellsThePeerAfterWhatWasWritten() throws Exception {
        try (ServerSocket listening = new ServerSocket(0)) {
            Recorder client = new Recorder();
            Connection connection = loop.get(loop.reactor().connect(Endpoint.local(listening.getLocalPort()), client));
            try (Socket peer = listening.accept()) {
                peer.setSoTimeout((int) TestLoop.SOON.toMillis());
                byte[] much = new byte[3_000_000];
                connection.write(much);
                Deferred<Void> told = connection.closeWriting();
                connection.write("too late");
                assertThat(peer.getInputStream().readAllBytes()).hasSize(much.length);
                loop.get(told);
                loop.get(connection.closeWriting()); // has been done
                peer.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(loop.get(client.lost).reason()).isEqualTo(LossReason.CLOSED_BY_PEER);
            assertThat(client.text()).isEqualTo("answer");
            assertThat(loop.failureOf(connection.closeWriting())).isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void whenBothHalvesHaveEndedTheConnectionIsClosed() throws Exception {
        for (boolean weFirst : new boolean[] {true, false}) {
            Patient server = new Patient();
            Port port = listen(server);
            try (Socket peer = connect(port)) {
                Connection connection = loop.get(server.made);
                if (weFirst) {
                    loop.get(connection.closeWriting());
                    assertThat(rest(peer)).isEmpty();
                    peer.shutdownOutput();
                    loop.get(server.ended);
                } else {
                    peer.shutdownOutput();
                    loop.get(server.ended);
                    connection.write("last words");
                    connection.closeWriting().handle(lost -> {}); // the close may come first
                    assertThat(rest(peer)).isEqualTo("last words");
                }
                assertThat(loop.get(server.lost).reason()).isEqualTo(LossReason.CLOSED_BY_PEER);
            }
            loop.get(port.stopListening());
        }
    }

    @Test
    void theEndOfReadingIsToldAfterAllThatCame() throws Exception {
        Patient server = new Patient() {
            @Override
            public void connectionMade(Connection connection) {
                connection.pauseReading();
                super.connectionMade(connection);
            }
        };
        Port port = listen(server);
        byte[] some = new byte[100_000];
        try (Socket peer = connect(port)) {
            peer.getOutputStream().write(some);
            peer.shutdownOutput();
            Connection connection = loop.get(server.made);
            loop.onLoop(() -> 0);
            assertThat(server.ended.called()).isFalse();
            connection.resumeReading();
            assertThat(loop.get(server.ended)).isEqualTo(some.length);
            loop.get(connection.close());
        }
        loop.get(port.stopListening());
    }

    @Test
    void whatReadConnectionLostThrowsLosesTheConnection() throws Exception {
        Patient server = new Patient() {
            @Override
            public void readConnectionLost(Connection connection) {
                throw new IllegalStateException("of the protocol");
            }
        };
        Port port = listen(server);
        try (Socket peer = connect(port)) {
            peer.shutdownOutput();
            assertThat(loop.get(server.lost).reason()).isEqualTo(LossReason.PROTOCOL_FAILED);
        }
        assertThat(loop.takeUnhandled()).singleElement().asString().contains("readConnectionLost of the protocol");
        loop.get(port.stopListening());
    }

    @Test
    void withTlsThereAreNoHalves(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.make(folder);
        Recorder server = new Recorder();
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0).tls(certificates.server()), () -> server));
        Connection connection = loop.get(loop.reactor()
                .connect(Endpoint.of("localhost", port.number()).tls(certificates.client()), new Recorder()));
        assertThatThrownBy(connection::closeWriting).hasMessageContaining("no halves");
        loop.get(connection.close());
        loop.get(server.lost);
        loop.get(port.stopListening());
    }
}
