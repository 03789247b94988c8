// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import org.jspecify.annotations.Nullable;

/** Gives a protocol one frame after the other, as long as it reads. Confined to the loop. */
final class Framing {
    /** Cuts a frame off what has come. */
    interface Cutter {
        /** The next frame; null if it is not all there yet. */
        byte @Nullable [] next(Accumulator received) throws FrameTooLongException;
    }

    interface Receiver {
        void frame(byte[] frame) throws Exception;
    }

    private final Cutter cutter;
    private final Accumulator received = new Accumulator();
    private boolean delivering;

    Framing(Cutter cutter) {
        this.cutter = cutter;
    }

    void add(byte[] data) {
        received.add(data);
    }

    /** Called within itself, by a receiver that pauses reading and goes on at once, it leaves the rest to the outer call. */
    void deliver(Connection connection, Receiver receiver) throws Exception {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (connection.life().open() && !connection.readingPaused()) {
                byte[] frame = cutter.next(received);
                if (frame == null) {
                    return;
                }
                receiver.frame(frame);
            }
        } catch (FrameTooLongException e) {
            connection.life().lose(LossReason.FRAME_TOO_LONG, e);
        } finally {
            delivering = false;
        }
    }
}
