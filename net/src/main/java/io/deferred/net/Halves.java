// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two directions of a connection, each of which may end alone. Confined to the loop. */
final class Halves {
    private final Connection connection;
    private final Life life;
    private final Reactor reactor;
    private final NetSocketInternal socket;
    private final Waiting waiting;
    private final List<Pledge<@Nullable Void>> forEnd = new ArrayList<>();
    private @Nullable HalfCloseableProtocol protocol;
    private boolean sendingEnds;
    private @Nullable ChannelFuture ending;
    private boolean receivingEnded;
    private boolean told;

    Halves(Connection connection, Life life, Reactor reactor, NetSocketInternal socket, Waiting waiting) {
        this.connection = connection;
        this.life = life;
        this.reactor = reactor;
        this.socket = socket;
        this.waiting = waiting;
    }

    void begin(Protocol spoken) {
        if (spoken instanceof HalfCloseableProtocol halfCloseable && !socket.isSsl()) {
            protocol = halfCloseable;
            channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            socket.eventHandler(event -> {
                if (event instanceof ChannelInputShutdownEvent) {
                    receivingEnded = true;
                    tellSoon();
                }
            });
        }
    }

    private DuplexChannel channel() {
        return (DuplexChannel) socket.channelHandlerContext().channel();
    }

    // ---- sending

    boolean maySend() {
        return !sendingEnds;
    }

    void endSending(Pledge<@Nullable Void> end) {
        waiting.add(end);
        if (end.deferred().called()) {
            return;
        }
        forEnd.add(end);
        sendingEnds = true;
        if (connection.allSent()) {
            allSent();
        }
    }

    /** Nothing waits to be sent any more. */
    void allSent() {
        if (sendingEnds) {
            if (ending == null) {
                ending = channel().shutdownOutput();
            }
            ending.addListener(this::tellEnd);
        }
    }

    private void tellEnd(Future<?> ended) {
        if (ended.isSuccess()) {
            List<Pledge<@Nullable Void>> waitedFor = new ArrayList<>(forEnd);
            forEnd.clear();
            for (Pledge<@Nullable Void> end : waitedFor) {
                end.succeed(null);
            }
            closeIfBothEnded();
        } else if (channel().isOpen()) {
            life.lose(LossReason.BROKEN, EngineFailures.translated(ended.cause(), life.what()));
        }
    }

    // ---- receiving

    /** After all that the engine still has for us: while reading was paused, it has kept that. */
    void tellSoon() {
        if (receivingEnded && !told) {
            reactor.engine().execute(this::tell);
        }
    }

    private void tell() {
        HalfCloseableProtocol listener = protocol;
        if (!told && listener != null && life.open() && !life.paused()) {
            told = true;
            life.call("readConnectionLost", () -> listener.readConnectionLost(connection));
            closeIfBothEnded();
        }
    }

    private void closeIfBothEnded() {
        if (told && ending != null && ending.isSuccess()) {
            life.bothEnded();
        }
    }
}
