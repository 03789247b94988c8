// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link CooperativeTask} was to be resumed that is not paused. Twisted's {@code NotPaused}. */
public final class NotPausedException extends SchedulerException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public NotPausedException() {
        super(
                "the task is not paused; each resume() needs a pause() of its own, and waiting for a Deferred is no pause");
    }
}
