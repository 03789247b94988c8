// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DeferredEvent;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is behind a {@link HttpServer}. Confined to the loop, but for what says otherwise. */
final class Serving implements Resident {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(10_000);

    private final Reactor reactor;
    private final Endpoint endpoint;
    private final HttpLimits limits;
    private final HttpHandler handler;
    private final io.vertx.core.http.HttpServer engine;
    private final Map<SocketAddress, ServedConnection> clients = new HashMap<>();
    private final IdentityHashMap<HttpConnection, ServedConnection> known = new IdentityHashMap<>();
    private final List<ServedRequest> requests = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger(); // written by the loop, for others to read
    private final DeferredEvent closed = new DeferredEvent();
    private @Nullable ServerChannel channel;
    private boolean draining;
    private boolean stopping;
    private boolean portClosed;
    private volatile int connections;
    private volatile int port;

    Serving(Reactor reactor, Endpoint endpoint, HttpLimits limits, HttpHandler handler) {
        this.reactor = reactor;
        this.endpoint = endpoint;
        this.limits = limits;
        this.handler = handler;
        HttpServerOptions settings = new HttpServerOptions();
        settings.setMaxInitialLineLength(limits.maxRequestLine())
                .setMaxHeaderSize(limits.maxHeaders())
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(100).setMaxHeaderListSize(limits.maxHeaders()))
                .setAcceptBacklog(1024)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(Engine.millis(limits.headersWithin()));
        endpoint.tls().ifPresent(tls -> {
            TlsSettings.server(tls, settings);
            settings.setUseAlpn(true);
        });
        this.engine = reactor.engine().vertx().createHttpServer(settings);
        engine.requestHandler(this::requested);
        engine.exceptionHandler(thrown -> ErrorLog.debug("a connection to port " + port, thrown));
    }

    Deferred<HttpServer> listen() {
        HttpServer server = new HttpServer(this);
        Pledge<HttpServer> pledge = new Pledge<>(reactor, "listen on " + endpoint, cancelled -> {}, HttpServer::stop);
        Attempt.begin(reactor, "listen on " + endpoint, pledge, () -> bind(server, pledge));
        return pledge.deferred();
    }

    private void bind(HttpServer server, Pledge<HttpServer> pledge) {
        engine.listen(endpoint.port(), endpoint.host()).onComplete(result -> {
            if (result.failed()) {
                pledge.fail(EngineFailures.translated(result.cause(), "listen on " + endpoint));
            } else {
                port = engine.actualPort();
                reactor.residents().moveIn(this);
                channel = reactor.engine().accepting().claim(endpoint.host(), port);
                reactor.engine().accepting().watch(channel, this::accepted);
                pledge.succeed(server);
            }
        });
    }

    int port() {
        return port;
    }

    int connections() {
        return connections;
    }

    int underWay() {
        return underWay.get();
    }

    Reactor reactor() {
        return reactor;
    }

    HttpLimits limits() {
        return limits;
    }

    HttpHandler handler() {
        return handler;
    }

    // ---- clients

    private void accepted(Channel channel) {
        if (clients.size() >= limits.maxConnections() || stopping) {
            channel.close();
            return;
        }
        SocketAddress peer = channel.remoteAddress();
        ServedConnection client = new ServedConnection(reactor, channel, limits.headersWithin());
        clients.put(peer, client);
        connections = clients.size();
        channel.closeFuture().addListener(ignored -> {
            client.closed();
            clients.remove(peer, client);
            connections = clients.size();
            closedIfOver();
        });
    }

    private void requested(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        ServedConnection client = known.get(connection);
        if (client == null) {
            client = clients.get(Addresses.of(connection.remoteAddress()));
            if (client == null) {
                connection.close();
                return;
            }
            known.put(connection, client);
            connection.closeHandler(ignored -> known.remove(connection));
            connection.exceptionHandler(thrown -> ErrorLog.debug("a connection to port " + port, thrown));
        }
        new ServedRequest(this, client, request).serve();
    }

    void begins(ServedRequest request) {
        request.place = requests.size();
        requests.add(request);
        underWay.lazySet(requests.size());
    }

    /** The last one takes its place: a list of this kind costs least for each request. */
    void ends(ServedRequest request) {
        ServedRequest last = requests.remove(requests.size() - 1);
        if (last != request) {
            requests.set(request.place, last);
            last.place = request.place;
        }
        underWay.lazySet(requests.size());
    }

    // ---- the end; the next two are for any thread

    Deferred<@Nullable Void> drain(Duration patience) {
        Deferred<@Nullable Void> end = closed.whenSet();
        reactor.tell(() -> {
            beginDraining();
            if (!closed.isSet()) {
                closeWithin(patience);
            }
        });
        return end;
    }

    Deferred<@Nullable Void> stop() {
        Deferred<@Nullable Void> end = closed.whenSet();
        reactor.tell(this::abort);
        return end;
    }

    private void closeWithin(Duration patience) {
        try {
            Deferred<@Nullable Void> inTime = closed.whenSet();
            inTime.addTimeout(patience, reactor).handle(late -> abort());
        } catch (IllegalStateException noClock) {
            Deferred<?> unused = abort(); // the reactor is about to end, or has
        }
    }

    private void beginDraining() {
        if (!draining) {
            draining = true;
            // It closes connections that are idle at once, and each of the others when its responses have gone out.
            engine.shutdown(AS_LONG_AS_IT_TAKES).onComplete(ignored -> {});
            reactor.engine()
                    .accepting()
                    .whenClosed(
                            channel,
                            () -> reactor.tell(() -> {
                                portClosed = true;
                                closedIfOver();
                            }));
        }
    }

    private void closedIfOver() {
        if (portClosed && clients.isEmpty()) {
            reactor.residents().moveOut(this);
            reactor.engine().accepting().forget(channel);
            closed.set();
        }
    }

    @Override
    public Deferred<@Nullable Void> drain() {
        Deferred<@Nullable Void> end = closed.whenSet();
        beginDraining();
        return end;
    }

    @Override
    public Deferred<@Nullable Void> abort() {
        Deferred<@Nullable Void> end = closed.whenSet();
        stopping = true;
        beginDraining();
        new ArrayList<>(requests).forEach(ServedRequest::clientGone);
        new ArrayList<>(clients.values()).forEach(ServedConnection::cutOff);
        return end;
    }
}
