// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The life of a connection, from its protocol's first call to its last. But for {@link #paused}, confined to the loop. */
final class Life implements Resident {
    /*
     * State: open -> closing (close, waits for what is written) -> lost; open -> losing (lose) -> lost; open -> lost (the peer).
     * The first reason stands. While reading is paused, the peer's closing is kept back until all that it had sent has been received: what it wanted done is done.
     */
    private static final Duration NO_IDLING = Duration.ZERO;

    private final Connection connection;
    private final Reactor reactor;
    private final NetSocketInternal socket;
    private final String what;
    private final TcpOptions options;
    private final Protocol protocol;
    private final Waiting waiting;
    private final Halves halves;

    private volatile boolean paused;
    private @Nullable LossReason reason;
    private @Nullable Throwable cause;
    private @Nullable Throwable refusal;
    private boolean gone;
    private boolean allReceived;
    private boolean made;
    private @Nullable Watchdog idle;
    private @Nullable Watchdog closing;
    private Runnable afterwards = () -> {};

    Life(
            Connection connection,
            Reactor reactor,
            NetSocketInternal socket,
            String what,
            TcpOptions options,
            Protocol protocol,
            Waiting waiting) {
        this.connection = connection;
        this.reactor = reactor;
        this.socket = socket;
        this.what = what;
        this.options = options;
        this.protocol = protocol;
        this.waiting = waiting;
        this.halves = new Halves(connection, this, reactor, socket, waiting);
    }

    Halves halves() {
        return halves;
    }

    String what() {
        return what;
    }

    String state() {
        return waiting.reason() != null ? ", lost" : reason != null ? ", closing" : paused ? ", paused" : "";
    }

    /** Tells the protocol that it is there. False if it does not want it, see {@link #refusal}, or the reactor stops: then it has been lost. */
    boolean begin(Runnable whenOver) {
        afterwards = whenOver;
        reactor.residents().moveIn(this);
        socket.exceptionHandler(this::broken);
        socket.closeHandler(ignored -> closed());
        socket.endHandler(ignored -> ended());
        socket.shutdownHandler(ignored -> {}); // the reactor tells, in its own way
        socket.handler(this::received);
        halves.begin(protocol);
        if (reactor.isStopping()) {
            lose(LossReason.REACTOR_STOPPED, null);
            return false;
        }
        if (!options.idleWithin().equals(NO_IDLING)) {
            idle = Watchdog.start(reactor, options.idleWithin(), () -> lose(LossReason.IDLE, null));
        }
        try {
            protocol.connectionMade(connection);
            made = true;
            return true;
        } catch (Throwable t) {
            refusal = t;
            lose(LossReason.PROTOCOL_FAILED, t);
            return false;
        }
    }

    /** What the protocol threw when it was told, whatever it was that lost the connection. */
    @Nullable
    Throwable refusal() {
        return refusal;
    }

    boolean open() {
        return reason == null && waiting.reason() == null;
    }

    /** Something has come or gone. */
    void active() {
        if (idle != null) {
            idle.active();
        }
    }

    // ---- reading

    boolean paused() {
        return paused;
    }

    void pause() {
        if (!paused) {
            paused = true;
            socket.pause();
        }
    }

    void resume() {
        if (!paused) {
            return;
        }
        paused = false;
        if (open()) {
            call("readingResumed", () -> protocol.readingResumed(connection));
        }
        if (!paused) {
            socket.resume();
            halves.tellSoon();
            if (gone && allReceived) {
                over();
            }
        }
    }

    private void received(Buffer data) {
        active();
        if (open()) {
            call("dataReceived", () -> protocol.dataReceived(connection, data.getBytes()));
        }
    }

    private void ended() {
        allReceived = true;
        if (gone && !paused) {
            over();
        }
    }

    // ---- the end

    void close() {
        if (open()) {
            reason = LossReason.CLOSED_HERE;
            if (gone) {
                overSoon();
                return;
            }
            closing = Watchdog.start(reactor, options.closeWithin(), this::cutOff);
            if (connection.allSent()) {
                closeChannel();
            }
        }
    }

    /** Nothing waits to be sent any more. */
    void allSent() {
        if (reason == LossReason.CLOSED_HERE) {
            closeChannel();
        } else {
            halves.allSent();
        }
    }

    /** Each side has said that it sends no more. */
    void bothEnded() {
        if (open()) {
            reason = LossReason.CLOSED_BY_PEER;
            closeChannel();
        }
    }

    /** Not by the channel itself: the engine would keep that until it has sent all that it has, which we know it has. */
    private void closeChannel() {
        socket.channelHandlerContext().close();
    }

    /** Ends it at once. */
    void lose(LossReason why, @Nullable Throwable because) {
        if (waiting.reason() == null && (reason == null || reason == LossReason.CLOSED_HERE)) {
            reason = why;
            cause = because;
            if (gone) {
                overSoon();
            } else {
                cutOff();
            }
        }
    }

    /** The peer has closed already, which was kept back while reading is paused: the engine will tell no more. */
    private void overSoon() {
        reactor.execute(this::over);
    }

    private void cutOff() {
        Channels.cutOff(socket.channelHandlerContext().channel());
    }

    private void broken(Throwable because) {
        if (reason == null) {
            reason = LossReason.BROKEN;
            cause = EngineFailures.translated(because, what);
        }
    }

    private void closed() {
        gone = true;
        if (!paused || reason != null) {
            over();
        }
    }

    private void over() {
        if (waiting.reason() != null) {
            return;
        }
        ConnectionLostException lost =
                new ConnectionLostException(what, reason == null ? LossReason.CLOSED_BY_PEER : reason, cause);
        Watchdog.stop(idle);
        Watchdog.stop(closing);
        reactor.residents().moveOut(this);
        afterwards.run();
        waiting.lost(lost);
        if (made) {
            call("connectionLost", () -> protocol.connectionLost(connection, lost));
        }
    }

    @Override
    public Deferred<@Nullable Void> drain() {
        Deferred<@Nullable Void> end = connection.whenLost().addCallback(lost -> null);
        if (open()) {
            call("draining", () -> protocol.draining(connection));
        }
        return end;
    }

    @Override
    public Deferred<@Nullable Void> abort() {
        Deferred<@Nullable Void> end = connection.whenLost().addCallback(lost -> null);
        lose(LossReason.REACTOR_STOPPED, null);
        return end;
    }

    // ---- the protocol

    interface Call {
        void run() throws Exception;
    }

    void call(String method, Call call) {
        try {
            call.run();
        } catch (Throwable t) {
            Unhandled.report(t, method + " of the protocol of " + what);
            lose(LossReason.PROTOCOL_FAILED, t);
        }
    }
}
