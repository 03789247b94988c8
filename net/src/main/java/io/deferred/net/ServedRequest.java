// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request that is being answered. Confined to the loop, but for the Deferred of the handler. */
final class ServedRequest {
    /*
     * State: ASKED (the handler is at work) -> ANSWERING (a response goes out) -> OVER. A time-out answers with 503, and a client that goes away ends it; what the handler has for us then is not wanted, and its failure is logged.
     */
    private enum State {
        ASKED,
        ANSWERING,
        OVER
    }

    private static final HttpResponse TOO_LATE = HttpResponse.text(503, "The service took too long.\n");
    private static final HttpResponse TOO_LARGE = HttpResponse.text(413, "The body of the request is too large.\n");
    private static final HttpResponse NO_HOST =
            HttpResponse.text(400, "A request has exactly one header Host.\n").withHeader("Connection", "close");
    private static final HttpResponse UNKNOWN_CODING =
            HttpResponse.text(501, "Of the transfer codings only chunked is known.\n");

    private final Serving serving;
    private final ServedConnection client;
    private final HttpServerRequest engine;
    private final HttpServerResponse out;
    private @Nullable IncomingSource body;
    private @Nullable Deferred<HttpResponse> answer;
    private @Nullable Deferred<?> sending;
    private @Nullable DelayedCall limit;
    private State state = State.ASKED;
    private boolean registered;

    /** In the list of those that are under way. */
    int place;

    ServedRequest(Serving serving, ServedConnection client, HttpServerRequest engine) {
        this.serving = serving;
        this.client = client;
        this.engine = engine;
        this.out = engine.response();
    }

    void serve() {
        if (!hasBody()) {
            if (hasOneHost()) {
                handle(HttpRequest.received(engine, HttpBody.empty()));
            } else {
                answer(NO_HOST);
            }
            return;
        }
        register();
        long length = length();
        long most = serving.limits().maxBody();
        body = new IncomingSource(serving.reactor(), engine, what(), most, this::takeNoMore, () -> {}, () -> {});
        HttpResponse refusal =
                length > most ? TOO_LARGE : !hasOneHost() ? NO_HOST : !hasKnownCoding() ? UNKNOWN_CODING : null;
        if (refusal != null) {
            answer(refusal);
            return;
        }
        if ("100-continue".equalsIgnoreCase(engine.getHeader("Expect"))) {
            out.writeContinue();
        }
        handle(HttpRequest.received(engine, new StreamedBody(length, most, what(), body)));
    }

    /** Has it looked after: what is answered within the call of the handler needs none of that. */
    private void register() {
        if (!registered) {
            registered = true;
            serving.begins(this);
            client.begins();
            out.exceptionHandler(thrown -> clientGone());
            out.closeHandler(ignored -> clientGone());
        }
    }

    private void handle(HttpRequest request) {
        Deferred<HttpResponse> response;
        try {
            response = Objects.requireNonNull(
                    serving.handler().handle(request), "the handler returned null for a Deferred");
        } catch (Throwable t) {
            response = Deferred.fail(t);
        }
        Optional<Outcome<HttpResponse>> now = response.outcome();
        if (now.isPresent() && now.get() instanceof Outcome.Success<HttpResponse> success && success.value() != null) {
            answer(success.value()); // as most often, where it waits for nothing
        } else {
            register();
            await(response);
        }
    }

    private boolean hasBody() {
        return switch (engine.version()) {
            case HTTP_1_0, HTTP_1_1 ->
                engine.headers().contains(io.vertx.core.http.HttpHeaders.CONTENT_LENGTH)
                        || engine.headers().contains(io.vertx.core.http.HttpHeaders.TRANSFER_ENCODING);
            default -> !engine.method().equals(HttpMethod.GET) && !engine.isEnded();
        };
    }

    /** RFC 9112, section 3.2: none, or more than one, leaves open whom it is for. */
    private boolean hasOneHost() {
        return engine.version() != io.vertx.core.http.HttpVersion.HTTP_1_1
                || engine.headers().getAll(io.vertx.core.http.HttpHeaders.HOST).size() == 1;
    }

    /** RFC 9112, section 6.1: the engine undoes chunked alone, also where there is another one under it. */
    private boolean hasKnownCoding() {
        String coding = engine.getHeader(io.vertx.core.http.HttpHeaders.TRANSFER_ENCODING);
        return coding == null || coding.trim().equalsIgnoreCase("chunked");
    }

    private long length() {
        try {
            String header = engine.getHeader("Content-Length");
            return header == null ? -1 : Long.parseLong(header.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private String what() {
        String uri = engine.uri();
        int query = uri.indexOf('?');
        return engine.method().name() + " " + (query < 0 ? uri : uri.substring(0, query));
    }

    // ---- the handler

    private void await(Deferred<HttpResponse> response) {
        answer = response;
        limit = serving.reactor().callLater(serving.limits().requestWithin(), this::tooLong);
        response.consume(given -> serving.reactor().tell(() -> handled(given)))
                .handle(failure -> serving.reactor().tell(() -> failed(failure)));
    }

    /** Of its body. A client of HTTP/1.1 has been told that the connection ends; the stream of another would stay. */
    private void takeNoMore() {
        if (state != State.OVER || !isHttp2()) {
            engine.pause();
        } else if (body != null && body.muchDiscarded()) {
            out.reset(0); // NO_ERROR: the response is whole
        }
    }

    private void handled(@Nullable HttpResponse response) {
        if (state != State.ASKED) {
            if (response != null) {
                response.body().discard();
            }
        } else if (response == null) {
            failed(new Failure(new NullPointerException("the handler's Deferred gave null for a response")));
        } else {
            answer(response);
        }
    }

    private void failed(Failure failure) {
        Throwable error = failure.exception();
        if (state != State.ASKED) {
            boolean itsOwnBody = error instanceof ConnectionLostException && body != null;
            if (!itsOwnBody && !(error instanceof CancellationException)) {
                ErrorLog.error(what() + ", which nobody waits for any more,", error);
            }
        } else if (error instanceof BodyTooLargeException && body != null && body.tooLarge()) {
            answer(TOO_LARGE);
        } else {
            String logged = "It is logged with the id " + ErrorLog.error(what(), error) + "\n";
            answer(
                    error instanceof TimeoutException
                            ? HttpResponse.text(503, "The service took too long. " + logged)
                            : HttpResponse.text(500, "Internal server error. " + logged));
        }
    }

    private void tooLong() {
        if (state == State.ASKED) {
            Deferred<?> late = answer;
            answer(TOO_LATE);
            if (late != null) {
                late.cancel();
            }
        }
    }

    /** The connection is lost, or the client has reset the stream. */
    void clientGone() {
        if (state == State.OVER) {
            return;
        }
        over();
        if (body != null) {
            body.fail(new ConnectionLostException(what(), LossReason.CLOSED_BY_PEER, null));
        }
        if (answer != null) {
            answer.cancel();
        }
        if (sending != null) {
            sending.cancel();
        }
    }

    private void over() {
        state = State.OVER;
        if (limit != null) {
            limit.tryCancel();
        }
        if (registered) {
            serving.ends(this);
            client.ends();
        } else {
            client.active();
        }
    }

    // ---- the response

    private void answer(HttpResponse response) {
        state = State.ANSWERING;
        if (limit != null) {
            limit.tryCancel();
        }
        if (out.closed()) {
            response.body().discard();
            clientGone();
            return;
        }
        boolean closes = !isHttp2() && body != null && !body.whole();
        if (closes) {
            out.putHeader("Connection", "close"); // what is left of the request is not looked at
            client.closeLingering();
        }
        ResponseWriter writer = new ResponseWriter(
                serving.reactor(), engine, out, serving.limits().stallWithin());
        try {
            if (writer.writeWhole(response)) {
                sent(closes || writer.closes());
                return;
            }
            register();
            sending = writer.stream(response.body())
                    .consume(whole -> sent(closes || writer.closes()))
                    .handle(failure -> cutOff(failure.exception()));
        } catch (RuntimeException e) {
            response.body().discard();
            cutOff(e);
        }
    }

    private void sent(boolean closes) {
        if (state != State.OVER) {
            over();
            if (body != null && !body.whole() && isHttp2()) {
                body.discard();
                engine.resume(); // where somebody has read a part of it, and no more
            }
            if (closes) {
                engine.connection().close(); // the engine listens to the request alone
            }
        }
    }

    /** A response that has been begun cannot become another one: that it is not whole is all that the client can be told. */
    private void cutOff(Throwable error) {
        if (error instanceof ConnectionLostException lost && lost.reason() == LossReason.PEER_TOO_SLOW) {
            ErrorLog.debug("the response to " + what(), error); // the client's own doing
        } else if (!(error instanceof CancellationException)) {
            ErrorLog.error("the response to " + what(), error);
        }
        if (state != State.OVER) {
            over();
            breakOff();
        }
    }

    private void breakOff() {
        if (isHttp2()) {
            out.reset(8); // CANCEL; the other streams of the connection go on
        } else {
            client.cutOff();
        }
    }

    private boolean isHttp2() {
        return engine.version() == io.vertx.core.http.HttpVersion.HTTP_2;
    }
}
