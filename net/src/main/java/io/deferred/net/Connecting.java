// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt to connect. But for {@link #start}, and {@link #givenUp}, confined to the loop. */
final class Connecting {
    private final Reactor reactor;
    private final Endpoint endpoint;
    private final TcpOptions options;
    private final Protocol protocol;
    private final Pledge<Connection> pledge;
    private volatile boolean givenUp;
    private @Nullable DelayedCall limit;

    Connecting(Reactor reactor, Endpoint endpoint, TcpOptions options, Protocol protocol) {
        Checks.port(endpoint.port(), 1);
        this.reactor = reactor;
        this.endpoint = endpoint;
        this.options = options;
        this.protocol = protocol;
        this.pledge = new Pledge<>(
                reactor, "connect to " + endpoint, cancelled -> giveUp(), connection -> connection.abort());
    }

    Deferred<Connection> start() {
        Attempt.begin(reactor, "connect to " + endpoint, pledge, this::connect);
        return pledge.deferred();
    }

    private void giveUp() {
        givenUp = true;
        reactor.run(this::disarm);
    }

    private void connect() {
        if (givenUp) {
            return;
        }
        ConnectOptions where = new ConnectOptions()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setTimeout(Engine.millis(options.connectWithin()) + 1);
        endpoint.tls()
                .ifPresent(tls -> where.setSsl(true).setSslOptions(TlsSettings.client(tls, options.connectWithin())));
        Future<NetSocket> connecting = reactor.engine().tcpClient().connect(where);
        limit = reactor.callLater(options.connectWithin(), this::tooLong);
        connecting.onComplete(this::connected);
    }

    private void tooLong() {
        givenUp = true;
        pledge.fail(new SocketTimeoutException(
                "connect to " + endpoint + ": there was no connection within " + shown(options.connectWithin())));
    }

    private static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private void disarm() {
        if (limit != null) {
            limit.tryCancel();
        }
    }

    private ConnectionLostException stopped(@Nullable Throwable cause) {
        return new ConnectionLostException("connect to " + endpoint, LossReason.REACTOR_STOPPED, cause);
    }

    private void connected(AsyncResult<NetSocket> result) {
        disarm();
        if (result.failed()) {
            pledge.fail(
                    reactor.isStopping()
                            ? stopped(result.cause())
                            : EngineFailures.translated(result.cause(), "connect to " + endpoint));
        } else if (givenUp) {
            result.result().close();
        } else {
            begin((NetSocketInternal) result.result());
        }
    }

    private void begin(NetSocketInternal socket) {
        Connection connection = new Connection(reactor, socket, "connection to " + endpoint, options, protocol);
        if (connection.life().begin(() -> {})) {
            pledge.succeed(connection);
        } else {
            Throwable refusal = connection.life().refusal();
            pledge.fail(refusal != null ? refusal : stopped(null));
        }
    }
}
