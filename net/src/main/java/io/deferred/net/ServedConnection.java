// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.DelayedCall;
import io.netty.channel.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client's connection, from its being accepted. It is closed when the head of a request is awaited for too long. Confined to the loop. */
final class ServedConnection {
    /** For what the client has sent and we do not read: closed at once, it might not get to read our answer. */
    private static final Duration LINGERING = Duration.ofSeconds(2);

    private final Reactor reactor;
    private final Channel channel;
    private final Duration headersWithin;
    private int underWay;
    private boolean closed;
    private Watchdog waiting;
    private @Nullable DelayedCall end;

    ServedConnection(Reactor reactor, Channel channel, Duration headersWithin) {
        this.reactor = reactor;
        this.channel = channel;
        this.headersWithin = headersWithin;
        this.waiting = watch();
    }

    private Watchdog watch() {
        return Watchdog.start(reactor, headersWithin, this::look);
    }

    private void look() {
        if (underWay == 0) {
            cutOff();
        } else if (!closed) {
            waiting = watch();
        }
    }

    void begins() {
        underWay++;
    }

    void ends() {
        underWay--;
        active();
    }

    /** A request has just been answered. */
    void active() {
        waiting.active();
    }

    /** Closes it at once; what waits to be sent is lost. */
    void cutOff() {
        Channels.cutOff(channel);
    }

    /** Closes it when the client has had time to read what it was sent. */
    void cutOffSoon() {
        if (end == null && !closed) {
            end = reactor.callLater(LINGERING, this::cutOff);
        }
    }

    void closed() {
        closed = true;
        Watchdog.stop(waiting);
        if (end != null) {
            end.tryCancel();
        }
    }
}
