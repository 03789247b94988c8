// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DeferredEvent;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of an agent, and its exchanges. But for {@link #close}, confined to the loop; it moves in there with its first exchange. */
final class ClientPool implements Resident {
    private final Reactor reactor;
    private final HttpAgentOptions options;
    private final Set<Exchange> exchanges = new LinkedHashSet<>();
    private final DeferredEvent closed = new DeferredEvent();
    private @Nullable HttpClient client;
    private boolean closing;
    private boolean shutDown;

    ClientPool(Reactor reactor, HttpAgentOptions options) {
        this.reactor = reactor;
        this.options = options;
    }

    HttpVersion version(boolean secure) {
        return switch (options.protocol()) {
            case NEGOTIATED -> secure ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1;
            case HTTP_1_1 -> HttpVersion.HTTP_1_1;
            case HTTP_2_PRIOR_KNOWLEDGE -> HttpVersion.HTTP_2;
        };
    }

    /** Null if it takes none any more. */
    @Nullable
    HttpClient enter(Exchange exchange) {
        if (closing || reactor.isStopping()) {
            return null;
        }
        if (client == null) {
            client = connectable();
        }
        if (exchanges.isEmpty()) {
            reactor.residents().moveIn(this);
        }
        exchanges.add(exchange);
        return client;
    }

    void leave(Exchange exchange) {
        if (exchanges.remove(exchange) && exchanges.isEmpty()) {
            reactor.residents().moveOut(this);
            if (closing) {
                closeNow();
            }
        }
    }

    private HttpClient connectable() {
        int seconds = Math.max(1, Engine.millis(options.idleWithin()) / 1_000);
        HttpClientOptions settings = new HttpClientOptions()
                .setProtocolVersion(version(true))
                .setUseAlpn(options.protocol() != HttpProtocol.HTTP_1_1)
                .setAlpnVersions(
                        options.protocol() == HttpProtocol.HTTP_1_1
                                ? List.of(HttpVersion.HTTP_1_1)
                                : List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setHttp2ClearTextUpgrade(false)
                .setKeepAliveTimeout(seconds)
                .setHttp2KeepAliveTimeout(seconds)
                .setConnectTimeout(Engine.millis(options.connectWithin()))
                .setMaxRedirects(0);
        return reactor.engine()
                .vertx()
                .httpClientBuilder()
                .with(settings)
                .withConnectHandler(connection ->
                        connection.exceptionHandler(thrown -> ErrorLog.debug("a connection of an agent", thrown)))
                .with(new PoolOptions()
                        .setHttp1MaxSize(options.maxPerHost())
                        .setHttp2MaxSize(1)
                        .setCleanerPeriod(500)
                        .setMaxLifetimeUnit(TimeUnit.SECONDS)
                        .setMaxWaitQueueSize(options.maxWaiting()))
                .with(TlsSettings.client(options.tls(), options.connectWithin())
                        .setUseAlpn(options.protocol() != HttpProtocol.HTTP_1_1))
                .build();
    }

    Deferred<@Nullable Void> close() {
        Deferred<@Nullable Void> end = closed.whenSet();
        reactor.tell(() -> {
            closing = true;
            if (exchanges.isEmpty()) {
                closeNow();
            }
        });
        return end;
    }

    private void closeNow() {
        if (shutDown) {
            return; // what is closed already, or about to be
        }
        shutDown = true;
        if (client == null) {
            closed.set();
        } else {
            client.shutdown(Duration.ZERO).onComplete(ignored -> reactor.tell(closed::set));
        }
    }

    @Override
    public Deferred<@Nullable Void> drain() {
        return close();
    }

    @Override
    public Deferred<@Nullable Void> abort() {
        Deferred<@Nullable Void> end = close();
        new ArrayList<>(exchanges).forEach(Exchange::abort);
        return end;
    }
}
