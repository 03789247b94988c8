// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response: received by {@link HttpAgent}, or for {@link HttpServer} to send. Immutable, but for a body that is a stream.
 *
 * <pre>{@code
 * HttpResponse.ok("hello")
 * HttpResponse.of(404)
 * HttpResponse.of(200, HttpBody.of(json)).withHeader("Content-Type", "application/json")
 * HttpResponse.events(news::get)
 * }</pre>
 */
public final class HttpResponse {
    private final int status;
    private final HttpHeaders headers;
    private final HttpBody body;
    private final @Nullable HttpVersion version;

    HttpResponse(int status, HttpHeaders headers, HttpBody body, @Nullable HttpVersion version) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.version = version;
    }

    /**
     * Makes one of a status alone.
     *
     * @param status from 200 to 599
     * @return a new response, without a body
     * @throws IllegalArgumentException if the status is no such number
     */
    public static HttpResponse of(int status) {
        return of(status, HttpBody.empty());
    }

    /**
     * Makes one.
     *
     * @param status from 200 to 599
     * @param body what is sent
     * @return a new response, without headers
     * @throws IllegalArgumentException if the status is no such number
     */
    public static HttpResponse of(int status, HttpBody body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("the status of a response is a number from 200 to 599: " + status);
        }
        return new HttpResponse(status, HttpHeaders.none(), Objects.requireNonNull(body, "body"), null);
    }

    /**
     * Makes one of a text, with status 200.
     *
     * @param text plain text, sent in UTF-8
     * @return a new response
     */
    public static HttpResponse ok(String text) {
        return text(200, text);
    }

    /**
     * Makes one of a text.
     *
     * @param status from 200 to 599
     * @param text plain text, sent in UTF-8
     * @return a new response
     */
    public static HttpResponse text(int status, String text) {
        return of(status, HttpBody.of(text)).withHeader("Content-Type", "text/plain; charset=utf-8");
    }

    /**
     * Makes one that goes on: server-sent events. Each is asked for when the one before it has gone out, and the client takes what it is sent; when none has come for 15 seconds, a comment goes out, which
     * keeps the connection, and finds clients that have gone.
     *
     * @param events asked for one by one; when the client goes away, what was asked for is cancelled, and the source closed
     * @return a new response, which can be sent once
     */
    public static HttpResponse events(Source<ServerSentEvent> events) {
        return of(200, new StreamedBody(-1, new EventStream(Objects.requireNonNull(events, "events"))))
                .withHeader("Content-Type", "text/event-stream")
                .withHeader("Cache-Control", "no-cache");
    }

    /**
     * The same with one header more.
     *
     * @param name its name
     * @param value its value
     * @return a new response
     * @throws IllegalArgumentException if the name or the value has characters that would end it
     */
    public HttpResponse withHeader(String name, String value) {
        return new HttpResponse(status, headers.with(name, value), body, version);
    }

    /**
     * The same with other headers.
     *
     * @param others all of them
     * @return a new response
     */
    public HttpResponse withHeaders(HttpHeaders others) {
        return new HttpResponse(status, Objects.requireNonNull(others, "others"), body, version);
    }

    /**
     * Returns the status.
     *
     * @return such as 200
     */
    public int status() {
        return status;
    }

    /**
     * Returns the headers.
     *
     * @return in their order
     */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the first value of a header.
     *
     * @param name in any case
     * @return empty if there is none
     */
    public Optional<String> header(String name) {
        return headers.first(name);
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
     * Reads the body: {@link HttpBody#bytes()}.
     *
     * @return a new Deferred: the bytes
     */
    public Deferred<byte[]> bytes() {
        return body.bytes();
    }

    /**
     * Reads the body as a text, in the charset that its Content-Type names, or UTF-8.
     *
     * @return a new Deferred: the text; fails as {@link HttpBody#bytes()} does
     */
    public Deferred<String> text() {
        return body.text(MediaTypes.charset(headers));
    }

    /**
     * Returns what the server speaks.
     *
     * @return empty for a response to send
     */
    public Optional<HttpVersion> version() {
        return Optional.ofNullable(version);
    }

    /** Returns status and headers. */
    @Override
    public String toString() {
        return "HttpResponse[" + status + ", " + headers + "]";
    }
}
