// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A protocol of frames, each preceded by its length. Twisted's {@code IntNStringReceiver}. It has a state: each connection needs one of its own.
 *
 * <p><b>Failure</b>: a frame that is said to be longer than the limit loses the connection, with {@link LossReason#FRAME_TOO_LONG}, before any of it is kept.
 */
public abstract class FrameReceiver implements Protocol {
    /** How long a frame may be if nothing else is said, in bytes: as in Twisted. */
    public static final int DEFAULT_LIMIT = 99_999;

    private final LengthPrefix prefix;
    private final int limit;
    private final Framing framing = new Framing(this::cut);

    /**
     * For frames of at most {@link #DEFAULT_LIMIT} bytes, or as many as the prefix can say.
     *
     * @param prefix how the length is said
     */
    protected FrameReceiver(LengthPrefix prefix) {
        this(prefix, Math.min(DEFAULT_LIMIT, prefix.longest()));
    }

    /**
     * For frames of another length.
     *
     * @param prefix how the length is said
     * @param limit in bytes, without the prefix
     * @throws IllegalArgumentException if it is not positive, or the prefix cannot say it
     */
    protected FrameReceiver(LengthPrefix prefix, int limit) {
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.limit = Checks.positive(limit, "the limit of a frame");
        if (limit > prefix.longest()) {
            throw new IllegalArgumentException("the limit of a frame is " + limit + ", but a prefix of " + prefix
                    + " says no more than " + prefix.longest());
        }
    }

    /**
     * A frame has come. Not called while reading is paused.
     *
     * @param connection where it came from
     * @param frame without its prefix; the array belongs to this method
     * @throws Exception loses the connection
     */
    protected abstract void frameReceived(Connection connection, byte[] frame) throws Exception;

    /**
     * Writes a frame: its length, and what is in it. Twisted's {@code sendString}.
     *
     * @param connection where it goes
     * @param frame copied
     * @throws IllegalArgumentException if it is longer than the limit
     */
    public final void writeFrame(Connection connection, byte[] frame) {
        if (frame.length > limit) {
            throw new IllegalArgumentException(
                    "the frame has " + frame.length + " bytes, which is more than the limit of " + limit);
        }
        byte[] whole = new byte[prefix.size() + frame.length];
        prefix.write(frame.length, whole);
        System.arraycopy(frame, 0, whole, prefix.size(), frame.length);
        connection.write(whole);
    }

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
        framing.deliver(connection, frame -> frameReceived(connection, frame));
    }

    private byte @Nullable [] cut(Accumulator received) throws FrameTooLongException {
        if (received.length() < prefix.size()) {
            return null;
        }
        long length = prefix.read(received);
        if (length > limit) {
            throw new FrameTooLongException("a frame of " + length + " bytes", limit);
        }
        if (received.length() - prefix.size() < length) {
            return null;
        }
        received.skip(prefix.size());
        return received.take((int) length);
    }
}
