// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import java.time.Duration;

/** A client's connection, from its being accepted. It is closed when the head of a request is awaited for too long. Confined to the loop. */
final class ServedConnection {
    private final Reactor reactor;
    private final Channel channel;
    private final Duration headersWithin;
    private int underWay;
    private boolean closed;
    private Watchdog waiting;

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

    /** When it is closed, by us or by the engine, the client is to have time to read what it was sent. */
    void closeLingering() {
        LingeringClose.of(channel, reactor);
    }

    void closed() {
        closed = true;
        Watchdog.stop(waiting);
    }
}
