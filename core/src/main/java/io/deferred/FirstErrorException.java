// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** Of several Deferreds, one has failed. Its failure, and its place, are here. Twisted's {@code FirstError}. */
public final class FirstErrorException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Not serialized: it may refer to anything. */
    private final transient Failure failure;

    /** From 0. */
    private final int index;

    /**
     * Names the failure; its exception is the cause.
     *
     * @param failure of the Deferred that failed first
     * @param index its place, from 0
     */
    public FirstErrorException(Failure failure, int index) {
        super("number " + index + " failed first: " + Shown.brief(failure.exception()), failure.exception());
        this.failure = failure;
        this.index = index;
    }

    /**
     * Returns the failure of the Deferred that failed first.
     *
     * @return the same Failure that its errbacks are given
     */
    public Failure failure() {
        return failure;
    }

    /**
     * Returns its place.
     *
     * @return from 0, in the order of the input
     */
    public int index() {
        return index;
    }
}
