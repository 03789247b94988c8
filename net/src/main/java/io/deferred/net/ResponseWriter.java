// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a response. Confined to the loop. */
final class ResponseWriter {
    private final Reactor reactor;
    private final HttpServerRequest request;
    private final HttpServerResponse out;
    private final Duration stallWithin;

    ResponseWriter(Reactor reactor, HttpServerRequest request, HttpServerResponse out, Duration stallWithin) {
        this.reactor = reactor;
        this.request = request;
        this.out = out;
        this.stallWithin = stallWithin;
    }

    /** Fires when all has been given to the engine. */
    Deferred<@Nullable Void> write(HttpResponse response, String what) {
        HttpBody body = response.body();
        try {
            out.setStatusCode(response.status());
            List<Map.Entry<String, String>> headers = response.headers().uncopied();
            for (int i = 0; i < headers.size(); i++) {
                out.headers().add(headers.get(i).getKey(), headers.get(i).getValue());
            }
            if (request.method().equals(io.vertx.core.http.HttpMethod.HEAD)) {
                return writeHead(body);
            }
            if (body instanceof GivenBody given) {
                byte[] bytes = given.uncopied();
                if (bytes.length == 0) {
                    out.end();
                } else {
                    out.end(Buffer.buffer(bytes));
                }
                return Deferred.succeed(null);
            }
        } catch (RuntimeException e) {
            body.discard();
            return Deferred.fail(e);
        }
        return stream(body);
    }

    private Deferred<@Nullable Void> writeHead(HttpBody body) {
        body.discard();
        if (body.length() >= 0 && !out.headers().contains("Content-Length")) {
            out.putHeader("Content-Length", Long.toString(body.length()));
        }
        out.end();
        return Deferred.succeed(null);
    }

    private Deferred<@Nullable Void> stream(HttpBody body) {
        if (body.length() >= 0) {
            out.putHeader("Content-Length", Long.toString(body.length()));
        } else {
            out.setChunked(true);
        }
        out.writeHead(); // a client of events is to know at once that it is connected
        return new BodyPump(reactor, out, stallWithin, body.length(), () -> {})
                .pump(body.stream())
                .tap(done -> out.end());
    }
}
