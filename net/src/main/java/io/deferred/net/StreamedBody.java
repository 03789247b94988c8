// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.io.ByteArrayOutputStream;

/** A body that comes in pieces: from a peer, or from whoever gives it. */
final class StreamedBody extends HttpBody {
    private final long length;
    private final long limit;
    private final String what;
    private final Source<byte[]> pieces;

    StreamedBody(long length, Source<byte[]> pieces) {
        this(length, Long.MAX_VALUE, "a stream", pieces);
    }

    StreamedBody(long length, long limit, String what, Source<byte[]> pieces) {
        this.length = length;
        this.limit = limit;
        this.what = what;
        this.pieces = pieces;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Deferred<byte[]> bytes() {
        return bytes(limit);
    }

    @Override
    public Deferred<byte[]> bytes(long most) {
        Checks.notNegative(most, "the limit of a body");
        if (length > most) {
            BodyTooLargeException tooLarge = tooLarge(most);
            pieces.close();
            return Deferred.fail(tooLarge);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(length < 0 ? 1024 : (int) Math.min(length, 64 * 1024));
        return pieces.forEach(piece -> {
                    if (all.size() + (long) piece.length > most) {
                        throw tooLarge(most);
                    }
                    all.writeBytes(piece);
                    return Deferred.succeed("kept");
                })
                .addCallback(end -> all.toByteArray());
    }

    private BodyTooLargeException tooLarge(long most) {
        if (pieces instanceof IncomingSource incoming) {
            incoming.refused();
        }
        return new BodyTooLargeException(what, most);
    }

    @Override
    public Source<byte[]> stream() {
        return pieces;
    }

    @Override
    public void discard() {
        if (pieces instanceof IncomingSource incoming) {
            incoming.discard();
        } else {
            Unhandled.close(pieces);
        }
    }

    @Override
    boolean repeatable() {
        return false;
    }
}
