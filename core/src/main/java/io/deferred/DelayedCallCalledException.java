// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link DelayedCall} was to be cancelled or moved that has been begun. Twisted's {@code AlreadyCalled}. */
public final class DelayedCallCalledException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public DelayedCallCalledException() {
        super("the delayed call has been made already; ask active() first, or use tryCancel()");
    }
}
