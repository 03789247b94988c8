// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The bytes of a body, or as many of them as were read. */
public final class Content {
    private final byte[] bytes;
    private final boolean complete;

    /**
     * Takes the bytes without a copy: they may be many.
     *
     * @param bytes not to be changed any more
     * @param complete whether these are all
     */
    public Content(byte[] bytes, boolean complete) {
        this.bytes = bytes;
        this.complete = complete;
    }

    /** Tells whether the body ended before the limit for bodies was reached. */
    public boolean complete() {
        return complete;
    }

    /** Returns how many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** Returns a new stream of the bytes. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }
}
