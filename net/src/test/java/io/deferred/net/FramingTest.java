// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FramingTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private static final class Lines extends LineReceiver {
        final DeferredQueue<String> lines = new DeferredQueue<>();
        final Deferred<ConnectionLostException> lost = new Deferred<>();

        Lines(int limit) {
            super(limit);
        }

        @Override
        protected void lineReceived(Connection connection, String line) {
            lines.put(line);
        }

        @Override
        public void connectionLost(Connection connection, ConnectionLostException reason) {
            lost.callback(reason);
        }
    }

    private static final class Frames extends FrameReceiver {
        final DeferredQueue<byte[]> frames = new DeferredQueue<>();
        final Deferred<ConnectionLostException> lost = new Deferred<>();

        Frames(LengthPrefix prefix, int limit) {
            super(prefix, limit);
        }

        @Override
        protected void frameReceived(Connection connection, byte[] frame) {
            frames.put(frame);
        }

        @Override
        public void connectionLost(Connection connection, ConnectionLostException reason) {
            lost.callback(reason);
        }
    }

    private final List<Port> ports = new ArrayList<>();

    @AfterEach
    void stopListening() throws Exception {
        for (Port port : ports) {
            loop.get(port.stopListening());
        }
    }

    /** Sends to a protocol in pieces of a size, and closes. */
    private void send(Protocol protocol, byte[] data, int piece) throws Exception {
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> protocol));
        ports.add(port);
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            peer.setTcpNoDelay(true);
            for (int start = 0; start < data.length; start += piece) {
                peer.getOutputStream().write(Arrays.copyOfRange(data, start, Math.min(start + piece, data.length)));
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void linesEndWithLineFeedOrBothHoweverTheyAreCut() throws Exception {
        for (int piece : List.of(1, 2, 3, 1000)) {
            Lines protocol = new Lines(20);
            send(protocol, utf8("one\r\n\ntwo\u00e9\n\r\nthree\rx\nunfinished"), piece);
            assertThat(loop.get(protocol.lost).reason()).isEqualTo(LossReason.CLOSED_BY_PEER);
            List<String> lines = new ArrayList<>();
            while (protocol.lines.pending() > 0) {
                lines.add(loop.get(protocol.lines.get()));
            }
            assertThat(lines).containsExactly("one", "", "two\u00e9", "", "three\rx");
        }
    }

    @Test
    void aLineOfTheLimitIsTakenAndALongerOneIsNot() throws Exception {
        for (int piece : List.of(1, 1000)) {
            Lines fits = new Lines(5);
            send(fits, utf8("12345\r\n12345\n"), piece);
            loop.get(fits.lost);
            assertThat(fits.lines.pending()).isEqualTo(2);

            Lines tooLong = new Lines(5);
            send(tooLong, utf8("123456\r\n"), piece);
            ConnectionLostException lost = loop.get(tooLong.lost);
            assertThat(lost.reason()).isEqualTo(LossReason.FRAME_TOO_LONG);
            assertThat(lost).hasCauseInstanceOf(FrameTooLongException.class).hasMessageContaining("limit of 5 bytes");
            assertThat(tooLong.lines.pending()).isZero();
        }
    }

    @Test
    void aLineThatNeverEndsIsNotKept() throws Exception {
        Lines protocol = new Lines(1000);
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> protocol));
        Recorder client = new Recorder();
        Connection connection = loop.get(loop.reactor().connect(Endpoint.local(port.number()), client));
        connection.write(new byte[2000]);
        assertThat(loop.get(protocol.lost).reason()).isEqualTo(LossReason.FRAME_TOO_LONG);
        loop.get(client.lost);
        loop.get(port.stopListening());
    }

    @Test
    void linesThatHaveComeWaitWhileReadingIsPaused() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Deferred<Connection> paused = new Deferred<>();
        Deferred<Void> lost = new Deferred<>();
        LineReceiver oneAtATime = new LineReceiver() {
            @Override
            protected void lineReceived(Connection connection, String line) {
                seen.add(line);
                connection.pauseReading();
                if (seen.size() == 1) {
                    paused.callback(connection);
                }
            }

            @Override
            public void connectionLost(Connection connection, ConnectionLostException reason) {
                lost.callback(null);
            }
        };
        send(oneAtATime, utf8("a\nb\nc\n"), 1000);
        Connection connection = loop.get(paused);
        for (List<String> expected : List.of(List.of("a"), List.of("a", "b"), List.of("a", "b", "c"))) {
            assertThat(loop.onLoop(() -> List.copyOf(seen))).isEqualTo(expected);
            assertThat(lost.called()).isFalse();
            connection.resumeReading();
            loop.onLoop(() -> 0);
        }
        loop.get(lost);
    }

    @Test
    void oneRequestAtATimeByWaitingForADeferred() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        List<Deferred<Void>> work = List.of(new Deferred<>(), new Deferred<>());
        Deferred<Void> lost = new Deferred<>();
        Deferred<Void> first = new Deferred<>();
        LineReceiver server = new LineReceiver() {
            @Override
            protected void lineReceived(Connection connection, String line) {
                connection.pauseReadingUntil(work.get(seen.size()));
                seen.add(line);
                if (seen.size() == 1) {
                    first.callback(null);
                }
            }

            @Override
            public void connectionLost(Connection connection, ConnectionLostException reason) {
                lost.callback(null);
            }
        };
        send(server, utf8("a\nb\n"), 1000);
        loop.get(first);
        assertThat(loop.onLoop(() -> List.copyOf(seen))).containsExactly("a");
        work.get(0).callback(null);
        assertThat(loop.onLoop(() -> List.copyOf(seen))).containsExactly("a", "b");
        work.get(1).callback(null);
        loop.get(lost);
    }

    @Test
    void aReceiverThatPausesAndResumesAtOnceDoesNotNest() throws Exception {
        int lines = 100_000;
        int[] seen = {0};
        Deferred<Void> lost = new Deferred<>();
        LineReceiver hasty = new LineReceiver() {
            @Override
            protected void lineReceived(Connection connection, String line) {
                connection.pauseReading();
                connection.resumeReading();
                seen[0]++;
            }

            @Override
            public void connectionLost(Connection connection, ConnectionLostException reason) {
                lost.callback(null);
            }
        };
        send(hasty, utf8("\n".repeat(lines)), lines);
        loop.get(lost);
        assertThat(seen[0]).isEqualTo(lines);
    }

    @Test
    void nothingIsReceivedAfterClosing() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Deferred<Void> lost = new Deferred<>();
        LineReceiver quits = new LineReceiver() {
            @Override
            protected void lineReceived(Connection connection, String line) {
                seen.add(line);
                connection.close();
            }

            @Override
            public void connectionLost(Connection connection, ConnectionLostException reason) {
                lost.callback(null);
            }
        };
        send(quits, utf8("quit\nmore\n"), 1000);
        loop.get(lost);
        assertThat(seen).containsExactly("quit");
    }

    @Test
    void framesOfEachPrefixArriveHoweverTheyAreCut() throws Exception {
        byte[][] sent = {new byte[0], {1, 2, 3}, new byte[200]};
        for (LengthPrefix prefix : LengthPrefix.values()) {
            java.io.ByteArrayOutputStream wire = new java.io.ByteArrayOutputStream();
            for (byte[] frame : sent) {
                byte[] length = new byte[prefix.size()];
                length[length.length - 1] = (byte) frame.length;
                wire.write(length);
                wire.write(frame);
            }
            for (int piece : List.of(1, 7, 1000)) {
                Frames protocol = new Frames(prefix, 200);
                send(protocol, wire.toByteArray(), piece);
                assertThat(loop.get(protocol.lost).clean()).isTrue();
                assertThat(protocol.frames.pending()).isEqualTo(sent.length);
                for (byte[] frame : sent) {
                    assertThat(loop.get(protocol.frames.get())).isEqualTo(frame);
                }
            }
        }
    }

    @Test
    void whatOneWritesTheOtherReceives() throws Exception {
        Frames server = new Frames(LengthPrefix.INT16, 65_535);
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> server));
        Frames client = new Frames(LengthPrefix.INT16, 65_535);
        Connection connection = loop.get(loop.reactor().connect(Endpoint.local(port.number()), client));
        byte[] frame = new byte[65_535];
        Arrays.fill(frame, (byte) 7);
        client.writeFrame(connection, frame);
        assertThat(loop.get(server.frames.get())).isEqualTo(frame);
        assertThatThrownBy(() -> client.writeFrame(connection, new byte[65_536]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit of 65535");
        loop.get(connection.close());
        loop.get(port.stopListening());
    }

    @Test
    void aFrameThatSaysItIsTooLongIsRefusedBeforeItComes() throws Exception {
        Frames protocol = new Frames(LengthPrefix.INT32, 1000);
        send(protocol, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff}, 4);
        ConnectionLostException lost = loop.get(protocol.lost);
        assertThat(lost.reason()).isEqualTo(LossReason.FRAME_TOO_LONG);
        assertThat(lost).hasMessageContaining("4294967295").hasMessageContaining("limit of 1000");
    }

    @Test
    void badLimitsAndLinesAreRefusedAtOnce() throws Exception {
        assertThatThrownBy(() -> new Lines(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Frames(LengthPrefix.INT8, 256)).hasMessageContaining("no more than 255");
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> new Lines(10)));
        Connection connection = loop.get(loop.reactor().connect(Endpoint.local(port.number()), new Recorder()));
        assertThatThrownBy(() -> connection.writeLine("a\r\nb")).isInstanceOf(IllegalArgumentException.class);
        loop.get(connection.close());
        loop.get(port.stopListening());
    }
}
