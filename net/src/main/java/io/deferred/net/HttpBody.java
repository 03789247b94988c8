// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The body of a request or a response. What is given to be sent may be bytes or a stream; what is received is a stream, which can be read once: as bytes, as a text, or piece by piece.
 *
 * <p><b>Back-pressure</b>: of what is received some 64 KiB are read ahead; the peer sends no more until that is read. What is sent as a stream is asked for when the peer takes it.
 *
 * <p><b>Cancellation</b> of a Deferred that reads a received body aborts the exchange.
 */
public abstract sealed class HttpBody permits GivenBody, StreamedBody {
    HttpBody() {}

    /**
     * Returns the empty one.
     *
     * @return always the same
     */
    public static HttpBody empty() {
        return GivenBody.EMPTY;
    }

    /**
     * A body of bytes.
     *
     * @param bytes copied
     * @return a new body, which may be sent more than once
     */
    public static HttpBody of(byte[] bytes) {
        return new GivenBody(bytes.clone());
    }

    /**
     * A body of text, in UTF-8.
     *
     * @param text the text
     * @return a new body, which may be sent more than once
     */
    public static HttpBody of(String text) {
        return new GivenBody(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A body whose length is not known before its end.
     *
     * @param pieces are asked for when they can be sent; closed when they are no longer wanted
     * @return a new body, which can be sent once
     */
    public static HttpBody stream(Source<byte[]> pieces) {
        return new StreamedBody(-1, Objects.requireNonNull(pieces, "pieces"));
    }

    /**
     * A body whose length is known.
     *
     * @param length in bytes; if the pieces have another length, the exchange fails
     * @param pieces are asked for when they can be sent; closed when they are no longer wanted
     * @return a new body, which can be sent once
     * @throws IllegalArgumentException if the length is negative
     */
    public static HttpBody stream(long length, Source<byte[]> pieces) {
        return new StreamedBody(
                Checks.notNegative(length, "the length of a body"), Objects.requireNonNull(pieces, "pieces"));
    }

    /**
     * Returns its length, as far as it is known.
     *
     * @return in bytes; -1 if it is not known
     */
    public abstract long length();

    /**
     * Reads all of it.
     *
     * @param limit how many bytes are taken at most
     * @return a new Deferred: the bytes; {@link BodyTooLargeException} if there are more, and then the exchange is aborted
     * @throws IllegalArgumentException if the limit is negative
     */
    public abstract Deferred<byte[]> bytes(long limit);

    /**
     * Reads all of it, up to its own limit: of a response, {@link HttpAgentOptions#bodyLimit()}; of a request, {@link HttpLimits#maxBody()}.
     *
     * @return a new Deferred: the bytes; {@link BodyTooLargeException} if there are more, and then the exchange is aborted
     */
    public abstract Deferred<byte[]> bytes();

    /**
     * Reads all of it as a text, up to its own limit.
     *
     * @param charset how the bytes are read; malformed ones become U+FFFD
     * @return a new Deferred: the text; fails as {@link #bytes()} does
     */
    public Deferred<String> text(Charset charset) {
        Objects.requireNonNull(charset, "charset");
        return bytes().addCallback(bytes -> new String(bytes, charset));
    }

    /**
     * Reads it piece by piece.
     *
     * @return the pieces, each an array of its own; of a body that is received, or was given as a stream, always the same source; of other bodies a new one each time
     */
    public abstract Source<byte[]> stream();

    /** Is not interested in it. What is left of a received one is dropped while it is small; a large one aborts the exchange. Who still reads it fails with {@link ConnectionLostException}. */
    public abstract void discard();

    /** Whether it may be sent again. */
    abstract boolean repeatable();
}
