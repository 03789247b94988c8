// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.net.URI;
import java.util.Optional;

/** Sends a request on, where the server says so. */
final class Redirects {
    private final HttpAgent agent;
    private final int limit;
    private int followed;

    Redirects(HttpAgent agent, int limit) {
        this.agent = agent;
        this.limit = limit;
    }

    Deferred<HttpResponse> follow(HttpRequest request) {
        return agent.exchange(request).chainCallback(response -> {
            Optional<HttpRequest> next = limit == 0 ? Optional.empty() : next(request, response);
            if (next.isEmpty()) {
                return Deferred.succeed(response);
            }
            response.body().discard();
            if (++followed > limit) {
                throw new TooManyRedirectsException(request, limit, next.get());
            }
            return follow(next.get());
        });
    }

    private static Optional<HttpRequest> next(HttpRequest request, HttpResponse response) {
        boolean keepsMethod = response.status() == 307 || response.status() == 308;
        boolean mayChange = response.status() == 301 || response.status() == 302 || response.status() == 303;
        Optional<String> location = response.header("Location");
        if (!(keepsMethod || mayChange) || location.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> target = resolved(request.url(), location.get());
        if (target.isEmpty() || (keepsMethod && !request.body().repeatable())) {
            return Optional.empty();
        }
        HttpRequest next = request.withUrl(target.get().toString());
        if (mayChange && !request.method().equals("HEAD")) {
            next = next.withMethod("GET")
                    .withBody(HttpBody.empty())
                    .withHeaders(next.headers().without("Content-Type").without("Content-Length"));
        }
        return Optional.of(HttpUrl.sameOrigin(request.url(), target.get()) ? next : anonymous(next));
    }

    private static HttpRequest anonymous(HttpRequest request) {
        return request.withHeaders(request.headers()
                .without("Host")
                .without("Authorization")
                .without("Proxy-Authorization")
                .without("Cookie"));
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            // The JDK has it that a query alone takes the last part of the path away.
            URI target = from.resolve(location.startsWith("?") ? from.getRawPath() + location : location);
            HttpUrl.checked(target.toString());
            return Optional.of(target);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the caller may see what the server said
        }
    }
}
