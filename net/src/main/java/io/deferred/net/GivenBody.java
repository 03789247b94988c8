// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;

/** A body that is all there. */
final class GivenBody extends HttpBody {
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
        return single(bytes.clone());
    }

    @Override
    public void discard() {}

    @Override
    boolean repeatable() {
        return true;
    }
}
