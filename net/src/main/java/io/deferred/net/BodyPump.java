// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.Turn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends a streamed body: asks for a piece when the one before it has gone out. Confined to the loop. */
final class BodyPump {
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
                .tapFailure(failure -> source.close());
    }

    private void checkWhole() throws IOException {
        if (length >= 0 && sent != length) {
            throw new IOException("a body was said to have " + length + " bytes, and ended after " + sent);
        }
    }

    private Deferred<@Nullable Void> write(byte[] piece) throws IOException {
        sent += piece.length;
        active.run();
        if (length >= 0 && sent > length) {
            throw new IOException("a body was said to have " + length + " bytes, and has more");
        }
        if (piece.length > 0) {
            out.write(Buffer.buffer(piece));
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
