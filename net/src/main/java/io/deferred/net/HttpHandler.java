// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;

/** What a {@link HttpServer} does with a request. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers a request. Called on the loop of the server's reactor, which it must not block.
     *
     * @param request its headers are there; its body may still be coming
     * @return a Deferred of the response. It is cancelled when the client goes away, or after {@link HttpLimits#requestWithin()}
     * @throws Exception as a Deferred that fails: becomes a response with status 500
     */
    Deferred<HttpResponse> handle(HttpRequest request) throws Exception;
}
