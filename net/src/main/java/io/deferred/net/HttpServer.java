// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP/1.1 and 2. Twisted's {@code Site}.
 *
 * <pre>{@code
 * Deferred<HttpServer> server = HttpServer.listen(reactor, Endpoint.local(8080),
 *         request -> Deferred.succeed(HttpResponse.ok("Hello, " + request.path())));
 * }</pre>
 *
 * <p><b>Callbacks</b>: the handler is called on the loop of the reactor; its Deferred may be fired by any thread.
 *
 * <p><b>Failure</b> of a handler is a response with status 500 that says an id, and nothing else; with 503 if it is a {@link java.util.concurrent.TimeoutException}, such as that of a time-out of its own. The failure is logged with the same id, at ERROR, by the {@link System.Logger} named {@code io.deferred.net}; so is one that comes when the response
 * has been begun, or its client is gone. Only {@link BodyTooLargeException}, of the request's own body, is a 413, be the limit the server's or that of {@link HttpBody#bytes(long)}.
 *
 * <p><b>Cancellation</b>: when the client goes away, the handler's Deferred is cancelled, or what the response's body waits for; when {@link HttpLimits#requestWithin()} is over, the handler's Deferred is, and the client gets 503, also if
 * the handler does not end.
 *
 * <p>What clients may do is within {@link HttpLimits}. What is malformed, or has no {@code Host}, is answered with 400, or, in the middle of a body, by closing. Where a response ends the server says by itself: the handler's headers for that ({@code Content-Length}, {@code
 * Transfer-Encoding}), and those of a connection, are left out, but for {@code Connection: close}. A response of HTTP/1 that goes
 * out before the body of its request has come ends its connection: what the client still sends is thrown away, for two seconds at most, so that it can read the response. Whoever still reads that body then fails with {@link ConnectionLostException}, of HTTP/2, too. With TLS the two sides agree on HTTP/2 or 1.1; without it, HTTP/2 is spoken with clients that begin with it.
 *
 * <p>This class is safe for use by any thread.
 */
public final class HttpServer {
    private final Serving serving;

    HttpServer(Serving serving) {
        this.serving = serving;
    }

    /**
     * Listens, with the default {@link HttpLimits}.
     *
     * @param reactor on whose loop it serves; when that is stopped, so is this
     * @param endpoint where; port 0 means one that is free
     * @param handler answers each request
     * @return a new Deferred: the server, when it listens; {@link java.net.BindException} if it cannot; {@link ConnectionLostException} if the reactor is stopped before that
     */
    public static Deferred<HttpServer> listen(Reactor reactor, Endpoint endpoint, HttpHandler handler) {
        return listen(reactor, endpoint, HttpLimits.defaults(), handler);
    }

    /**
     * Listens.
     *
     * @param reactor on whose loop it serves; when that is stopped, so is this
     * @param endpoint where; port 0 means one that is free
     * @param limits of what clients may do
     * @param handler answers each request
     * @return a new Deferred: the server, when it listens; {@link java.net.BindException} if it cannot; {@link ConnectionLostException} if the reactor is stopped before that
     */
    public static Deferred<HttpServer> listen(
            Reactor reactor, Endpoint endpoint, HttpLimits limits, HttpHandler handler) {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(handler, "handler");
        return new Serving(reactor, endpoint, limits, handler).listen();
    }

    /**
     * Returns the number of its port.
     *
     * @return from 1 to 65535, also where 0 was asked for
     */
    public int port() {
        return serving.port();
    }

    /**
     * Returns how many requests are being answered.
     *
     * @return from the call of the handler to the end of the response; as far as the loop has come by now
     */
    public int underWay() {
        return serving.underWay();
    }

    /**
     * Returns how many connections there are.
     *
     * @return as far as the loop has come by now
     */
    public int connections() {
        return serving.connections();
    }

    /**
     * Stops in peace: listens no more, closes connections that are idle, and the others after the responses that are under way. When the time is over, it {@linkplain #stop() stops}.
     *
     * @param patience how long to wait
     * @return a Deferred, fired when all is closed. It never fails
     * @throws IllegalArgumentException if the time is negative
     */
    public Deferred<@Nullable Void> drain(Duration patience) {
        return serving.drain(Checks.notNegative(patience, "the patience of a drain"));
    }

    /**
     * Stops at once: what is under way is cancelled, and all connections are closed.
     *
     * @return a Deferred, fired when all is closed. It never fails
     */
    public Deferred<@Nullable Void> stop() {
        return serving.stop();
    }

    /** Returns where it listens, and what it does. */
    @Override
    public String toString() {
        return "HttpServer[port " + port() + ", " + connections() + " connections, " + underWay()
                + " requests under way]";
    }
}
