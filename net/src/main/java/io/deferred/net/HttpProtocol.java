// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/** What a {@link HttpAgent} speaks. */
public enum HttpProtocol {
    /** With TLS, what the two sides agree on, HTTP/2 rather than 1.1; without it, HTTP/1.1. */
    NEGOTIATED,
    /** HTTP/1.1 alone. */
    HTTP_1_1,
    /** HTTP/2 without asking: for servers that are known to speak it without TLS. With TLS, as {@link #NEGOTIATED}. */
    HTTP_2_PRIOR_KNOWLEDGE
}
