// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.Turn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends a streamed body: asks for a piece when the one before it has gone out. Confined to the loop. */
final class BodyPump {
    /** A peer has {@code stallWithin} for as much as this, however large the pieces of the source are. */
    static final int AT_ONCE = 64 * 1024;

    private final Reactor reactor;
    private final WriteStream<Buffer> out;
    private final Duration stallWithin;
    private final long length;
    private final Runnable active;
    private long sent;

    /** Of a length, or -1. */
    BodyPump(Reactor reactor, WriteStream<Buffer> out, Duration stallWithin, long length, Runnable active) {
        this.reactor = reactor;
        this.out = out;
        this.stallWithin = stallWithin;
        this.length = length;
        this.active = active;
    }

    /** Fires on the loop when all has been given to the engine. Fails if the source does, or the peer takes nothing for too long; when cancelled, it closes the source. */
    Deferred<@Nullable Void> pump(Source<byte[]> source) {
        return Deferred.<@Nullable Void>loop(() -> source.next()
                        .continueOn(reactor)
                        .<Turn<@Nullable Void>>chainCallback(piece -> {
                            if (piece == null) {
                                checkWhole();
                                return Deferred.succeed(Turn.<@Nullable Void>stop(null));
                            }
                            return write(piece).addCallback(room -> Turn.<@Nullable Void>again());
                        }))
                .tapFailure(failure -> Unhandled.close(source));
    }

    private void checkWhole() throws IOException {
        if (length >= 0 && sent != length) {
            throw new IOException("a body was said to have " + length + " bytes, and ended after " + sent);
        }
    }

    private Deferred<@Nullable Void> write(byte[] piece) throws IOException {
        sent += piece.length;
        if (length >= 0 && sent > length) {
            throw new IOException("a body was said to have " + length + " bytes, and has more");
        }
        if (piece.length <= AT_ONCE) {
            return send(piece);
        }
        int[] start = {0};
        return Deferred.loop(() -> {
            int end = Math.min(start[0] + AT_ONCE, piece.length);
            byte[] part = Arrays.copyOfRange(piece, start[0], end);
            start[0] = end;
            return send(part).addCallback(room -> end == piece.length ? Turn.stop(null) : Turn.again());
        });
    }

    private Deferred<@Nullable Void> send(byte[] part) {
        active.run();
        if (part.length > 0) {
            out.write(Buffer.buffer(part));
        }
        if (!out.writeQueueFull()) {
            return Deferred.succeed(null);
        }
        Deferred<@Nullable Void> room = new Deferred<>();
        out.drainHandler(ignored -> {
            if (!room.called()) {
                room.callback(null);
            }
        });
        return room.addTimeout(stallWithin, reactor, (outcome, timeout) -> {
            throw new ConnectionLostException("sending a body", LossReason.PEER_TOO_SLOW, null);
        });
    }
}
