// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a response. Confined to the loop. */
final class ResponseWriter {
    private final Reactor reactor;
    private final HttpServerRequest request;
    private final HttpServerResponse out;
    private final Duration stallWithin;
    private boolean closes;

    ResponseWriter(Reactor reactor, HttpServerRequest request, HttpServerResponse out, Duration stallWithin) {
        this.reactor = reactor;
        this.request = request;
        this.out = out;
        this.stallWithin = stallWithin;
    }

    /** Writes all of it, if that is all there; otherwise its status and headers, and then {@link #stream} follows. */
    boolean writeWhole(HttpResponse response) {
        if (response.status() != 200) { // as it is by itself
            out.setStatusCode(response.status());
        }
        closes = FramingHeaders.addOthers(response.headers(), out.headers(), request.version());
        HttpBody body = response.body();
        if (request.method().equals(HttpMethod.HEAD)) {
            writeHead(response);
            return true;
        }
        if (body instanceof GivenBody given && given.length() <= BodyPump.AT_ONCE) {
            byte[] bytes = given.uncopied();
            if (bytes.length == 0) {
                out.end();
            } else {
                out.end(Buffer.buffer(bytes));
            }
            return true;
        }
        return false;
    }

    /** The response says that its connection ends with it. */
    boolean closes() {
        return closes;
    }

    /** The length that a GET would find: as the response says, or has it. */
    private void writeHead(HttpResponse response) {
        HttpBody body = response.body();
        body.discard();
        String length = response.header("Content-Length").orElse(Long.toString(body.length()));
        if (!length.startsWith("-")) {
            out.putHeader("Content-Length", length);
        }
        out.end();
    }

    /** Fires when all has been given to the network. */
    Deferred<@Nullable Void> stream(HttpBody body) {
        if (body.length() >= 0) {
            out.putHeader("Content-Length", Long.toString(body.length()));
            out.writeHead();
        } else if (request.version() == HttpVersion.HTTP_1_0) {
            closes = true; // it knows no chunks: where the connection ends, so does the body
            out.write(Buffer.buffer());
        } else {
            out.setChunked(true);
            out.writeHead(); // a client of events is to know at once that it is connected
        }
        return new BodyPump(reactor, out, stallWithin, body.length(), () -> {})
                .pump(body.stream())
                .chainCallback(done -> end());
    }

    private Deferred<@Nullable Void> end() {
        Deferred<@Nullable Void> gone = new Deferred<>();
        out.end().onComplete(ended -> {
            if (!gone.called()) {
                gone.callback(null); // also where it failed: the client is gone, as others tell
            }
        });
        return gone.addTimeout(stallWithin, reactor, (outcome, timeout) -> {
            throw new ConnectionLostException("sending a body", LossReason.PEER_TOO_SLOW, null);
        });
    }
}
