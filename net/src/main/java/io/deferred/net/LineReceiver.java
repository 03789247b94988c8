// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A protocol of lines. They end with LF or CR LF, and are in UTF-8; bytes that are none become U+FFFD. Twisted's {@code LineReceiver}. It has a state: each connection needs one of its own. Write lines by {@link Connection#writeLine}.
 *
 * <pre>{@code
 * class Greeter extends LineReceiver {
 *     @Override
 *     public void lineReceived(Connection connection, String name) {
 *         connection.writeLine("Hello, " + name + "!");
 *     }
 * }
 * }</pre>
 *
 * <p><b>Failure</b>: a line that is too long loses the connection, with {@link LossReason#FRAME_TOO_LONG}. What follows the last line end when the peer closes is dropped.
 */
public abstract class LineReceiver implements Protocol {
    /** How long a line may be if nothing else is said, in bytes: as in Twisted. */
    public static final int DEFAULT_LIMIT = 16_384;

    private final int limit;
    private final Framing framing = new Framing(this::cut);
    private int searched;

    /** For lines of at most {@link #DEFAULT_LIMIT} bytes. */
    protected LineReceiver() {
        this(DEFAULT_LIMIT);
    }

    /**
     * For lines of another length.
     *
     * @param limit in bytes, without the line end
     * @throws IllegalArgumentException if it is not positive
     */
    protected LineReceiver(int limit) {
        this.limit = Checks.positive(limit, "the limit of a line");
    }

    /**
     * A line has come. Not called while reading is paused.
     *
     * @param connection where it came from
     * @param line without its end
     * @throws Exception loses the connection
     */
    protected abstract void lineReceived(Connection connection, String line) throws Exception;

    @Override
    public final void dataReceived(Connection connection, byte[] data) throws Exception {
        framing.add(data);
        deliver(connection);
    }

    @Override
    public final void readingResumed(Connection connection) throws Exception {
        deliver(connection);
    }

    private void deliver(Connection connection) throws Exception {
        framing.deliver(connection, line -> lineReceived(connection, new String(line, StandardCharsets.UTF_8)));
    }

    private byte @Nullable [] cut(Accumulator received) throws FrameTooLongException {
        int end = received.indexOf((byte) '\n', searched);
        if (end < 0) {
            searched = received.length();
            boolean maybeEnding = searched > 0 && received.at(searched - 1) == '\r';
            checkLength(maybeEnding ? searched - 1 : searched);
            return null;
        }
        searched = 0;
        int length = end > 0 && received.at(end - 1) == '\r' ? end - 1 : end;
        checkLength(length);
        byte[] line = received.take(length);
        received.skip(end + 1 - length);
        return line;
    }

    private void checkLength(int length) throws FrameTooLongException {
        if (length > limit) {
            throw new FrameTooLongException("a line", limit);
        }
    }
}
