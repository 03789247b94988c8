// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link DelayedCall} was to be cancelled or moved that has been cancelled. Twisted's {@code AlreadyCancelled}. */
public final class DelayedCallCancelledException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public DelayedCallCancelledException() {
        super("the delayed call has been cancelled already; ask active() first, or use tryCancel()");
    }
}
