// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import java.util.Map;

/** The usual words for the usual codes; HTTP/2 has no words of its own, and those of HTTP/1.1 are anybody's. */
final class StatusText {
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(410, "Gone"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(451, "Unavailable For Legal Reasons"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private StatusText() {}

    static String of(int status) {
        String words = WORDS.get(status);
        return words == null ? String.valueOf(status) : status + " " + words;
    }
}
