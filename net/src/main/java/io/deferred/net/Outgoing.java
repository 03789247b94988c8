// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is written to a connection, and has not been sent. Confined to the loop. */
final class Outgoing {
    private final Reactor reactor;
    private final NetSocket socket;
    private final TcpOptions options;
    private final Waiting waiting;
    private final Life life;
    private final Set<Pledge<@Nullable Void>> forRoom = new LinkedHashSet<>();
    private long queued;

    Outgoing(Reactor reactor, NetSocket socket, TcpOptions options, Waiting waiting, Life life) {
        this.reactor = reactor;
        this.socket = socket;
        this.options = options;
        this.waiting = waiting;
        this.life = life;
    }

    /** For any thread: the copy is made on it. */
    void write(byte[] data) {
        if (data.length > 0) {
            Buffer copy = Buffer.buffer(data);
            reactor.run(() -> writeNow(copy));
        }
    }

    private void writeNow(Buffer data) {
        if (!life.open() || !life.halves().maySend()) {
            return;
        }
        int length = data.length();
        queued += length;
        socket.write(data).onComplete(written -> sent(length, written.succeeded()));
        if (queued > options.writeLimit()) {
            life.lose(LossReason.PEER_TOO_SLOW, null);
        } else {
            life.active();
        }
    }

    private void sent(int length, boolean taken) {
        queued -= length;
        if (!taken) {
            return; // the connection is lost, as those who wait are told soon
        }
        life.active();
        if (queued == 0) {
            life.allSent();
        }
        while (queued <= options.writeMark() / 2 && !forRoom.isEmpty()) {
            Iterator<Pledge<@Nullable Void>> first = forRoom.iterator();
            Pledge<@Nullable Void> room = first.next();
            first.remove();
            room.succeed(null);
        }
    }

    boolean allSent() {
        return queued == 0;
    }

    void whenWritable(Pledge<@Nullable Void> room) {
        if (queued <= options.writeMark() && life.open()) {
            room.succeed(null);
            return;
        }
        waiting.add(room);
        if (!room.deferred().called()) {
            forRoom.add(room);
            room.deferred().tapBoth(ended -> reactor.run(() -> forRoom.remove(room)));
        }
    }
}
