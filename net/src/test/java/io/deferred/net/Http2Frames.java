// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As little of HTTP/2 as a client needs that does what a good one does not. */
final class Http2Frames implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW = 8;
    private static final int END_OF_STREAM = 1;
    private static final int END_OF_HEADERS = 4;
    private static final int PIECE = 16_384;

    private final Socket socket;
    private final DataInputStream in;

    /** The number is what a body begins with. */
    private record Frame(int type, int flags, int stream, int number) {}

    Http2Frames(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TestLoop.SOON.toMillis());
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    /** POST, http, /, and the authority x, from HPACK's table. */
    void post() throws IOException {
        send(HEADERS, END_OF_HEADERS, 1, new byte[] {(byte) 0x83, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'});
    }

    void sendLast(int bytes) throws IOException {
        send(DATA, END_OF_STREAM, 1, new byte[bytes]);
    }

    void awaitResponse() throws IOException {
        Frame frame = receive();
        while (frame.stream != 1 || frame.type > HEADERS || (frame.flags & END_OF_STREAM) == 0) {
            frame = receive();
        }
    }

    /** Sends what it may. */
    int sendUntilReset() throws IOException {
        int stream = 65_535;
        int connection = 65_535;
        while (true) {
            while (Math.min(stream, connection) >= PIECE) {
                send(DATA, 0, 1, new byte[PIECE]);
                stream -= PIECE;
                connection -= PIECE;
            }
            Frame frame = receive();
            if (frame.type == RESET) {
                return frame.number;
            } else if (frame.type == WINDOW && frame.stream == 1) {
                stream += frame.number;
            } else if (frame.type == WINDOW) {
                connection += frame.number;
            }
        }
    }

    private Frame receive() throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] body = in.readNBytes(length);
        return new Frame(
                type, flags, stream, length >= 4 ? ByteBuffer.wrap(body).getInt() : 0);
    }

    private void send(int type, int flags, int stream, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + body.length);
        frame.put((byte) (body.length >> 16))
                .putShort((short) body.length)
                .put((byte) type)
                .put((byte) flags);
        frame.putInt(stream).put(body);
        socket.getOutputStream().write(frame.array());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
