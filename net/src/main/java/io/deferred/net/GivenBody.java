// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import java.util.Arrays;

/** A body that is all there. */
final class GivenBody extends HttpBody {
    private static final int PIECE = 64 * 1024;

    static final HttpBody EMPTY = new GivenBody(new byte[0]);

    private final byte[] bytes;

    GivenBody(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] uncopied() {
        return bytes;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public Deferred<byte[]> bytes(long limit) {
        Checks.notNegative(limit, "the limit of a body");
        return bytes.length > limit
                ? Deferred.fail(new BodyTooLargeException("a body", limit))
                : Deferred.succeed(bytes.clone());
    }

    @Override
    public Deferred<byte[]> bytes() {
        return Deferred.succeed(bytes.clone());
    }

    @Override
    public Source<byte[]> stream() {
        int[] sent = {0};
        return () -> {
            int start = sent[0];
            sent[0] = Math.min(bytes.length, start + PIECE);
            return Deferred.succeed(start == sent[0] ? null : Arrays.copyOfRange(bytes, start, sent[0]));
        };
    }

    @Override
    public void discard() {}

    @Override
    boolean repeatable() {
        return true;
    }
}
