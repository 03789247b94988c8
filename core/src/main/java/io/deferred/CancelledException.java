// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;
import java.util.concurrent.CancellationException;

/**
 * The failure of a {@link Deferred} that was cancelled. Twisted's {@code CancelledError}, and the JDK's {@link CancellationException}, so that handlers written for
 * either see it. It has no stack trace: the place where it is made says nothing, and cancelling is to be cheap.
 */
public final class CancelledException extends CancellationException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message what was cancelled
     */
    public CancelledException(String message) {
        super(message);
    }

    static CancelledException of(Pipeline cancelled) {
        String label = cancelled.label();
        return new CancelledException(label == null ? "cancelled" : "'" + label + "' was cancelled");
    }

    /**
     * Does nothing: there is no stack trace.
     *
     * @return this
     */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
