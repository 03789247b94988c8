// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request: for {@link HttpAgent} to send, or received by {@link HttpServer}. Immutable, but for a body that is a stream.
 *
 * <pre>{@code
 * HttpRequest.get("https://example.com/").withHeader("Accept", "text/html")
 * HttpRequest.post("http://example.com/orders", HttpBody.of(json)).withHeader("Content-Type", "application/json")
 * }</pre>
 */
public final class HttpRequest {
    private final String method;
    private final String target;
    private final HttpBody body;
    private final @Nullable HttpServerRequest engine;
    private @Nullable HttpHeaders
            headers; // made of what the engine has when it is asked for; twice makes no difference

    private HttpRequest(
            String method,
            String target,
            @Nullable HttpHeaders headers,
            HttpBody body,
            @Nullable HttpServerRequest engine) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.engine = engine;
    }

    static HttpRequest received(HttpServerRequest engine, HttpBody body) {
        return new HttpRequest(engine.method().name(), engine.uri(), null, body, engine);
    }

    /**
     * Asks for something.
     *
     * @param url absolute, {@code http} or {@code https}
     * @return a new request
     * @throws IllegalArgumentException if it is no such URL
     */
    public static HttpRequest get(String url) {
        return of("GET", url);
    }

    /**
     * Sends something.
     *
     * @param url absolute, {@code http} or {@code https}
     * @param body what is sent
     * @return a new request
     * @throws IllegalArgumentException if it is no such URL
     */
    public static HttpRequest post(String url, HttpBody body) {
        return of("POST", url).withBody(body);
    }

    /**
     * Makes a request with any method, and no body.
     *
     * @param method in capitals
     * @param url absolute, {@code http} or {@code https}
     * @return a new request
     * @throws IllegalArgumentException if it is no such URL, or the method has characters that no method has
     */
    public static HttpRequest of(String method, String url) {
        if (method.isEmpty() || !method.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-')) {
            throw new IllegalArgumentException("a method is a word in capitals, such as GET: '" + method + "'");
        }
        return new HttpRequest(method, HttpUrl.checked(url), HttpHeaders.none(), HttpBody.empty(), null);
    }

    /**
     * The same with one header more.
     *
     * @param name its name
     * @param value its value
     * @return a new request
     * @throws IllegalArgumentException if the name or the value has characters that would end it
     */
    public HttpRequest withHeader(String name, String value) {
        return new HttpRequest(method, target, headers().with(name, value), body, engine);
    }

    /**
     * The same with other headers.
     *
     * @param others all of them
     * @return a new request
     */
    public HttpRequest withHeaders(HttpHeaders others) {
        return new HttpRequest(method, target, Objects.requireNonNull(others, "others"), body, engine);
    }

    /**
     * The same with another body.
     *
     * @param other what is sent
     * @return a new request
     */
    public HttpRequest withBody(HttpBody other) {
        return new HttpRequest(method, target, headers(), Objects.requireNonNull(other, "other"), engine);
    }

    /**
     * The same for another URL.
     *
     * @param url absolute, {@code http} or {@code https}
     * @return a new request
     * @throws IllegalArgumentException if it is no such URL
     */
    public HttpRequest withUrl(String url) {
        return new HttpRequest(method, HttpUrl.checked(url), headers(), body, engine);
    }

    /**
     * The same with another method.
     *
     * @param other in capitals
     * @return a new request
     */
    HttpRequest withMethod(String other) {
        return new HttpRequest(other, target, headers(), body, engine);
    }

    /**
     * Returns the method.
     *
     * @return in capitals, such as {@code GET}
     */
    public String method() {
        return method;
    }

    /**
     * Returns what is asked for.
     *
     * @return of a request to send, the URL; of one received, what its first line says: most often path and query
     */
    public String target() {
        return target;
    }

    /**
     * Returns the path.
     *
     * @return as it is written, encoded; {@code /} if there is none
     */
    public String path() {
        return HttpUrl.path(target);
    }

    /**
     * Returns the value of a parameter of the query.
     *
     * @param name decoded
     * @return the first one, decoded; empty if there is none
     */
    public Optional<String> parameter(String name) {
        for (String pair : HttpUrl.query(target).split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty() && decoded(key).equals(name)) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded; // a percent sign that encodes nothing stands for itself
        }
    }

    /**
     * Returns the headers.
     *
     * @return in their order
     */
    public HttpHeaders headers() {
        HttpHeaders known = headers;
        if (known == null) {
            known = HttpHeaders.received(
                    Objects.requireNonNull(engine, "engine").headers());
            headers = known;
        }
        return known;
    }

    /**
     * Returns the first value of a header.
     *
     * @param name in any case
     * @return empty if there is none
     */
    public Optional<String> header(String name) {
        return engine != null && headers == null
                ? Optional.ofNullable(engine.getHeader(name))
                : headers().first(name);
    }

    /**
     * Returns the body.
     *
     * @return empty if there is none
     */
    public HttpBody body() {
        return body;
    }

    /**
     * Reads the body as a text, in the charset that its Content-Type names, or UTF-8.
     *
     * @return a new Deferred: the text; fails as {@link HttpBody#bytes()} does
     */
    public Deferred<String> text() {
        return body.text(MediaTypes.charset(headers()));
    }

    /**
     * Returns what the client speaks.
     *
     * @return empty for a request to send
     */
    public Optional<HttpVersion> version() {
        return Optional.ofNullable(engine).map(received -> HttpVersion.of(received.version()));
    }

    /**
     * Returns where the request comes from.
     *
     * @return empty for a request to send
     */
    public Optional<InetSocketAddress> remoteAddress() {
        return Optional.ofNullable(engine).map(received -> Addresses.of(received.remoteAddress()));
    }

    URI url() {
        return URI.create(URI.create(target).toASCIIString());
    }

    /** Returns method and target, without the query, which may be confidential. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query) + "?…");
    }
}
