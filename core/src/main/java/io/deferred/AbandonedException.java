// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** The failure of a Deferred that nobody can fire any more: its {@link WriteSide} was dropped. */
public final class AbandonedException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message which Deferred it is
     */
    public AbandonedException(String message) {
        super(message);
    }

    static AbandonedException of(Pipeline abandoned) {
        return new AbandonedException(abandoned.describe()
                + " will never fire: its write side was dropped without firing it"
                + (abandoned.story() == null ? ". " + Debugging.hint() : ""));
    }
}
