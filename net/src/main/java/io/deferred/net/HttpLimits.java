// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.time.Duration;

/**
 * What a {@link HttpServer} takes from its clients, and how long it waits for them. Immutable; begin with {@link #defaults()} and change what is to be different.
 *
 * @param maxRequestLine of the first line of a request, in bytes; a longer one is answered with 414 (8 KiB)
 * @param maxHeaders of all headers of a request, in bytes; more are answered with 431 (16 KiB)
 * @param maxBody of the body of a request, in bytes; a larger one is answered with 413 (10 MiB)
 * @param headersWithin how long a client may take from connecting, TLS included, until the headers of its first request are there, and again after each response for those of the next; then the connection is closed (15 seconds)
 * @param requestWithin how long a handler may take for its response, the time included in which it waits for the body of the request; then the client gets 503 (30 seconds)
 * @param stallWithin how long a client may take nothing of what is sent to it; then the connection is closed (30 seconds)
 * @param maxConnections at a time; whoever comes then is turned away (10,000)
 */
public record HttpLimits(
        int maxRequestLine,
        int maxHeaders,
        long maxBody,
        Duration headersWithin,
        Duration requestWithin,
        Duration stallWithin,
        int maxConnections) {
    private static final HttpLimits DEFAULTS = new HttpLimits(
            8 * 1024,
            16 * 1024,
            10L * 1024 * 1024,
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            10_000);

    /**
     * Makes one of all its parts.
     *
     * @param maxRequestLine as said of the record
     * @param maxHeaders as said of the record
     * @param maxBody as said of the record
     * @param headersWithin as said of the record
     * @param requestWithin as said of the record
     * @param stallWithin as said of the record
     * @param maxConnections as said of the record
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public HttpLimits {
        Checks.positive(maxRequestLine, "maxRequestLine");
        Checks.positive(maxHeaders, "maxHeaders");
        Checks.notNegative(maxBody, "maxBody");
        Checks.positive(headersWithin, "headersWithin");
        Checks.positive(requestWithin, "requestWithin");
        Checks.positive(stallWithin, "stallWithin");
        Checks.positive(maxConnections, "maxConnections");
    }

    /**
     * Returns the defaults: the values in brackets above.
     *
     * @return always the same
     */
    public static HttpLimits defaults() {
        return DEFAULTS;
    }

    /**
     * The same with other sizes.
     *
     * @param requestLine the new {@code maxRequestLine}
     * @param headers the new {@code maxHeaders}
     * @param body the new {@code maxBody}
     * @return new limits
     */
    public HttpLimits withSizes(int requestLine, int headers, long body) {
        return new HttpLimits(requestLine, headers, body, headersWithin, requestWithin, stallWithin, maxConnections);
    }

    /**
     * The same with another {@code headersWithin}.
     *
     * @param time positive
     * @return new limits
     */
    public HttpLimits withHeadersWithin(Duration time) {
        return new HttpLimits(maxRequestLine, maxHeaders, maxBody, time, requestWithin, stallWithin, maxConnections);
    }

    /**
     * The same with another {@code requestWithin}.
     *
     * @param time positive
     * @return new limits
     */
    public HttpLimits withRequestWithin(Duration time) {
        return new HttpLimits(maxRequestLine, maxHeaders, maxBody, headersWithin, time, stallWithin, maxConnections);
    }

    /**
     * The same with another {@code stallWithin}.
     *
     * @param time positive
     * @return new limits
     */
    public HttpLimits withStallWithin(Duration time) {
        return new HttpLimits(maxRequestLine, maxHeaders, maxBody, headersWithin, requestWithin, time, maxConnections);
    }

    /**
     * The same with another {@code maxConnections}.
     *
     * @param number positive
     * @return new limits
     */
    public HttpLimits withMaxConnections(int number) {
        return new HttpLimits(maxRequestLine, maxHeaders, maxBody, headersWithin, requestWithin, stallWithin, number);
    }
}
