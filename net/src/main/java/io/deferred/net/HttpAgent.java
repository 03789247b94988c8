// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP/1.1 and 2, with a pool of connections per host. Twisted's {@code Agent}.
 *
 * <pre>{@code
 * HttpAgent agent = HttpAgent.on(reactor);
 * Deferred<String> page = agent.get("https://example.com/")
 *         .chainCallback(HttpResponse::text)
 *         .addTimeout(Duration.ofSeconds(5), reactor);
 * }</pre>
 *
 * <p><b>Callbacks</b>: see {@link io.deferred.net}. A response is there when its headers are; its body is read from {@link HttpResponse#body()}. Read it, or {@linkplain HttpBody#discard() discard} it: a large one that nobody reads keeps its connection, until
 * {@link HttpAgentOptions#idleWithin()}.
 *
 * <p><b>Headers</b>: where a request ends the agent says by itself; those for that ({@code Content-Length}, {@code Transfer-Encoding}), and those of a connection, are left out, so that a request that a server has received can be sent on. {@code
 * Host} says another host than the URL's.
 *
 * <p><b>Failure</b>: a status is no failure, whatever it is, from 200 on; an interim one that was not asked for is. {@link java.net.ConnectException}, {@link java.net.UnknownHostException}, {@link javax.net.ssl.SSLException} if there is no connection to be had; {@link
 * ConnectionLostException} if the exchange breaks; {@link TooManyRedirectsException}; {@link BodyTooLargeException}.
 *
 * <p><b>Cancellation</b> of a request, or of a Deferred that reads its body, aborts the exchange: of HTTP/2 its stream is reset, of HTTP/1.1 the connection is closed. One that still waits for a connection is given up.
 *
 * <p>This class is safe for use by any thread.
 */
public final class HttpAgent {
    private final Reactor reactor;
    private final HttpAgentOptions options;
    private final ClientPool pool;

    private HttpAgent(Reactor reactor, HttpAgentOptions options) {
        this.reactor = Objects.requireNonNull(reactor, "reactor");
        this.options = options;
        this.pool = new ClientPool(reactor, options);
    }

    /**
     * Makes one with the default {@link HttpAgentOptions}.
     *
     * @param reactor on whose loop its connections are served; when that is stopped, so is this
     * @return a new agent, with a pool of its own
     */
    public static HttpAgent on(Reactor reactor) {
        return on(reactor, HttpAgentOptions.defaults());
    }

    /**
     * Makes one.
     *
     * @param reactor on whose loop its connections are served; when that is stopped, so is this
     * @param options limits and time-outs
     * @return a new agent, with a pool of its own
     */
    public static HttpAgent on(Reactor reactor, HttpAgentOptions options) {
        return new HttpAgent(reactor, Objects.requireNonNull(options, "options"));
    }

    /**
     * Asks for something.
     *
     * @param url absolute, {@code http} or {@code https}
     * @return a new Deferred: the response, when its headers are there
     * @throws IllegalArgumentException if it is no such URL
     */
    public Deferred<HttpResponse> get(String url) {
        return request(HttpRequest.get(url));
    }

    /**
     * Sends a request. If the server sends it on (301, 302, 303, 307, 308), it is sent again: as a GET after 303, and after 301 and 302 unless it was a HEAD; without {@code Authorization}, {@code Cookie} and {@code Host} if that is another origin (also https to http, which is followed). What cannot be sent
     * again, because its body is a stream, is not: the redirect is the response then.
     *
     * @param request with an absolute URL
     * @return a new Deferred: the response, when its headers are there; fails with {@link IllegalArgumentException} if the value of {@code Host} is none
     * @throws IllegalArgumentException if the URL of the request is not absolute, as it is in one that a server has received
     */
    public Deferred<HttpResponse> request(HttpRequest request) {
        HttpUrl.checked(request.target());
        return new Redirects(this, options.maxRedirects()).follow(request);
    }

    /** Once, without following it. */
    Deferred<HttpResponse> exchange(HttpRequest request) {
        return new Exchange(reactor, pool, options, request).start();
    }

    /**
     * Closes its connections, after the exchanges that are under way; takes no new ones.
     *
     * @return a Deferred, fired when all are closed. It never fails
     */
    public Deferred<@Nullable Void> close() {
        return pool.close();
    }
}
