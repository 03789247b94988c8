// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One request, and its response, on the wire. But for {@link #start}, confined to the loop. */
final class Exchange {
    private static final long CANCEL = 8; // RFC 9113, 7

    private final Reactor reactor;
    private final ClientPool pool;
    private final HttpAgentOptions options;
    private final HttpRequest request;
    private final Pledge<HttpResponse> pledge;
    private volatile boolean givenUp;
    private @Nullable HttpClientRequest sent;
    private @Nullable IncomingSource incoming;
    private @Nullable Deferred<?> upload;
    private @Nullable Watchdog idle;

    Exchange(Reactor reactor, ClientPool pool, HttpAgentOptions options, HttpRequest request) {
        this.reactor = reactor;
        this.pool = pool;
        this.options = options;
        this.request = request;
        this.pledge = new Pledge<>(
                reactor,
                request.toString(),
                cancelled -> giveUp(),
                late -> late.body().stream().close());
    }

    Deferred<HttpResponse> start() {
        reactor.tell(this::send);
        return pledge.deferred();
    }

    private void giveUp() {
        givenUp = true;
        reactor.run(this::breakOff);
    }

    /** Aborts it, whatever has come of it. */
    void abort() {
        abort(reactor.isStopping() ? LossReason.REACTOR_STOPPED : LossReason.ABORTED_HERE);
    }

    private void abort(LossReason reason) {
        breakOff();
        ConnectionLostException aborted = new ConnectionLostException(request.toString(), reason, null);
        if (incoming != null) {
            incoming.fail(aborted);
        } else {
            pledge.fail(aborted);
        }
    }

    /** The server is told, and the pool; who waits is not. */
    private void breakOff() {
        givenUp = true;
        if (upload != null) {
            upload.cancel();
        }
        if (sent != null) {
            sent.reset(CANCEL);
        }
        leave();
    }

    private void leave() {
        Watchdog.stop(idle);
        pool.leave(this);
    }

    private void active() {
        if (idle != null) {
            idle.active();
        }
    }

    private void send() {
        if (givenUp) {
            return;
        }
        try {
            HttpClient client = pool.enter(this);
            if (client == null) {
                LossReason why = reactor.isStopping() ? LossReason.REACTOR_STOPPED : LossReason.CLOSED_HERE;
                pledge.fail(new ConnectionLostException(request.toString(), why, null));
            } else {
                ask(client);
            }
        } catch (Throwable t) {
            failed(t);
        }
    }

    private void ask(HttpClient client) {
        URI url = request.url();
        boolean secure = HttpUrl.secure(url);
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setHost(HttpUrl.host(url))
                        .setPort(HttpUrl.port(url))
                        .setSsl(secure)
                        .setURI(HttpUrl.pathAndQuery(url))
                        .setProtocolVersion(pool.version(secure))
                        .setConnectTimeout(Engine.millis(options.connectWithin())))
                .onComplete(this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> result) {
        if (result.failed()) {
            failed(result.cause());
            return;
        }
        HttpClientRequest out = result.result();
        out.exceptionHandler(this::failed);
        if (givenUp) {
            out.reset(CANCEL);
            return;
        }
        sent = out;
        idle = Watchdog.start(reactor, options.idleWithin(), () -> abort(LossReason.IDLE));
        try {
            FramingHeaders.addOthers(request.headers(), out.headers(), out.version());
            request.header("Host").ifPresent(host -> out.authority(authority(host)));
            out.response().onComplete(this::responded);
            sendBody(out);
        } catch (RuntimeException e) {
            failed(e); // before the engine tells of the reset
            out.reset(CANCEL);
        }
    }

    private static HostAndPort authority(String host) {
        HostAndPort authority = HostAndPort.parseAuthority(host, -1);
        if (authority == null) {
            throw new IllegalArgumentException("the value of the header Host is no host: '" + host + "'");
        }
        return authority;
    }

    private void sendBody(HttpClientRequest out) {
        HttpBody body = request.body();
        if (body instanceof GivenBody given) {
            byte[] bytes = given.uncopied();
            boolean expected =
                    request.method().equals("POST") || request.method().equals("PUT");
            if (bytes.length == 0 && !expected) {
                out.end();
            } else {
                out.putHeader("Content-Length", Integer.toString(bytes.length));
                out.end(Buffer.buffer(bytes));
            }
            return;
        }
        if (body.length() >= 0) {
            out.putHeader("Content-Length", Long.toString(body.length()));
        } else {
            out.setChunked(true);
        }
        out.writeHead(); // the server may have something to say before the first piece is there
        upload = new BodyPump(reactor, out, options.idleWithin(), body.length(), this::active)
                .pump(body.stream())
                .consume(done -> out.end())
                .handle(failure -> {
                    failed(failure.exception());
                    out.reset(CANCEL);
                });
    }

    private void responded(AsyncResult<HttpClientResponse> result) {
        if (result.failed()) {
            failed(result.cause());
            return;
        }
        HttpClientResponse head = result.result();
        active();
        if (givenUp) {
            return; // it has been reset
        }
        if (head.statusCode() < 200) {
            head.exceptionHandler(ignored -> {}); // of the reset that follows
            interim(head.statusCode());
            return;
        }
        IncomingSource source = new IncomingSource(
                reactor, head, request.toString(), Long.MAX_VALUE, this::abort, this::over, this::active);
        incoming = source;
        long length = hasBody(head) ? length(head.getHeader("Content-Length")) : -1;
        HttpBody body = new StreamedBody(length, options.bodyLimit(), request.toString(), source);
        pledge.succeed(new HttpResponse(
                head.statusCode(), HttpHeaders.received(head.headers()), body, HttpVersion.of(head.version())));
    }

    /** The engine takes 100 and 103 for what they are. Any other it takes for the response, and what follows for the next one. */
    private void interim(int status) {
        failed(new IOException(request + ": the server answered with the interim status " + status
                + ", for which it was not asked; the connection is given up"));
        if (sent != null) {
            sent.reset(CANCEL);
        }
    }

    /** Otherwise its Content-Length is that of another response. */
    private boolean hasBody(HttpClientResponse head) {
        return !request.method().equals("HEAD") && head.statusCode() != 204 && head.statusCode() != 304;
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? -1 : Long.parseLong(header.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The response is all there, or nothing more of it will come. */
    private void over() {
        if (upload != null) {
            upload.cancel(); // the server has answered, and does not want the rest
        }
        leave();
    }

    private void failed(Throwable thrown) {
        if (givenUp) {
            return; // it is how the engine tells of that
        }
        if (upload != null) {
            upload.cancel();
        }
        Throwable error = EngineFailures.translated(thrown, request.toString());
        if (incoming == null) {
            pledge.fail(error);
        } else {
            incoming.fail(error);
        }
        leave();
    }
}
