// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection is no more, and with it all that waits on it. Twisted's {@code ConnectionLost}, and, where the reason is a clean one, {@code ConnectionDone}. */
public final class ConnectionLostException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final LossReason reason;

    /**
     * Makes one.
     *
     * @param what which connection, or what it was for
     * @param reason why
     * @param cause what has led to it; null if nothing more is known
     */
    public ConnectionLostException(String what, LossReason reason, @Nullable Throwable cause) {
        super(what + ": " + reason.words() + (cause == null ? "" : " (" + cause.getMessage() + ")"), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Returns why.
     *
     * @return as far as this side can tell
     */
    public LossReason reason() {
        return reason;
    }

    /**
     * Tells whether one of the two sides has closed it in the ordinary way. Twisted's {@code ConnectionDone}.
     *
     * @return for {@link LossReason#CLOSED_BY_PEER} and {@link LossReason#CLOSED_HERE}
     */
    public boolean clean() {
        return reason == LossReason.CLOSED_BY_PEER || reason == LossReason.CLOSED_HERE;
    }
}
