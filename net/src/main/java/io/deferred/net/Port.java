// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DeferredEvent;
import io.netty.channel.ServerChannel;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A port that listens, and gives a {@link Protocol} to each connection. Twisted's {@code IListeningPort}, made by {@link Reactor#listen}. Any thread may use it.
 */
public final class Port {
    private final Reactor reactor;
    private final Endpoint endpoint;
    private final TcpOptions options;
    private final Supplier<? extends Protocol> protocols;
    private final NetServer server;
    private final DeferredEvent closed = new DeferredEvent();
    private final Resident resident = new Listening();
    private volatile int connections;
    private volatile int number;
    private boolean closing; // confined to the loop, as is the next one
    private @Nullable ServerChannel channel;

    private Port(Reactor reactor, Endpoint endpoint, TcpOptions options, Supplier<? extends Protocol> protocols) {
        this.reactor = reactor;
        this.endpoint = endpoint;
        this.options = options;
        this.protocols = protocols;
        NetServerOptions settings = new NetServerOptions().setAcceptBacklog(1024);
        endpoint.tls().ifPresent(tls -> TlsSettings.server(tls, settings));
        this.server = reactor.engine().vertx().createNetServer(settings).connectHandler(this::accept);
    }

    static Deferred<Port> listen(
            Reactor reactor, Endpoint endpoint, TcpOptions options, Supplier<? extends Protocol> protocols) {
        Port port = new Port(reactor, endpoint, options, protocols);
        Pledge<Port> pledge = new Pledge<>(reactor, "listen on " + endpoint, cancelled -> {}, Port::stopListening);
        Attempt.begin(reactor, "listen on " + endpoint, pledge, () -> port.listen(pledge));
        return pledge.deferred();
    }

    private void listen(Pledge<Port> pledge) {
        server.listen(endpoint.port(), endpoint.host()).onComplete(result -> {
            if (result.failed()) {
                pledge.fail(EngineFailures.translated(result.cause(), "listen on " + endpoint));
            } else {
                number = server.actualPort();
                channel = reactor.engine().accepting().claim(endpoint.host(), number);
                reactor.residents().moveIn(resident);
                pledge.succeed(this);
            }
        });
    }

    private void accept(NetSocket accepted) {
        NetSocketInternal socket = (NetSocketInternal) accepted;
        if (connections >= options.maxConnections() || closing) {
            socket.channelHandlerContext().channel().close();
            return;
        }
        String what = "connection from " + Addresses.text(Addresses.of(socket.remoteAddress()));
        Protocol protocol;
        try {
            protocol = protocols.get();
        } catch (Throwable t) {
            Unhandled.report(t, "the protocol for a " + what);
            socket.channelHandlerContext().channel().close();
            return;
        }
        count(1);
        Connection connection = new Connection(reactor, socket, what, options, protocol);
        if (!connection.life().begin(() -> count(-1))) {
            Throwable refusal = connection.life().refusal();
            if (refusal != null) {
                Unhandled.report(refusal, "connectionMade of the protocol of a " + what);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the loop writes
    private void count(int more) {
        connections += more;
    }

    /**
     * Returns the number of the port.
     *
     * @return from 1 to 65535, also where 0 was asked for
     */
    public int number() {
        return number;
    }

    /**
     * Returns how many connections there are that came by this port.
     *
     * @return as far as the loop has come by now
     */
    public int connections() {
        return connections;
    }

    /**
     * Listens no more. Connections that are there stay.
     *
     * @return a Deferred, fired when nothing listens; one for each call. It never fails
     */
    public Deferred<@Nullable Void> stopListening() {
        Deferred<@Nullable Void> end = closed.whenSet();
        reactor.tell(this::close);
        return end;
    }

    private void close() {
        if (!closing) {
            closing = true;
            // The engine would close the connections with the port, at the end of this time; they may last as long as
            // they like.
            server.shutdown(java.time.Duration.ofDays(10_000));
            reactor.engine()
                    .accepting()
                    .whenClosed(
                            channel,
                            () -> reactor.tell(() -> {
                                reactor.residents().moveOut(resident);
                                reactor.engine().accepting().forget(channel);
                                closed.set();
                            }));
        }
    }

    private final class Listening implements Resident {
        @Override
        public Deferred<@Nullable Void> drain() {
            return stopListening();
        }

        @Override
        public Deferred<@Nullable Void> abort() {
            return stopListening();
        }
    }

    /** Returns where it listens. */
    @Override
    public String toString() {
        return "Port[" + endpoint.host() + ":" + number + ", " + connections + " connections]";
    }
}
