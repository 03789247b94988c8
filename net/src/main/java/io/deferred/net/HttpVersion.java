// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/** What is spoken on a connection. */
public enum HttpVersion {
    /** HTTP/1.0: only ever received. */
    HTTP_1_0,
    /** HTTP/1.1. */
    HTTP_1_1,
    /** HTTP/2. */
    HTTP_2;

    static HttpVersion of(io.vertx.core.http.HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> HTTP_1_0;
            case HTTP_1_1 -> HTTP_1_1;
            default -> HTTP_2;
        };
    }
}
