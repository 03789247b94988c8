// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A task was ended, or not taken, because its {@link Cooperator} was stopped. Twisted's {@code SchedulerStopped}. */
public final class SchedulerStoppedException extends SchedulerException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public SchedulerStoppedException() {
        super("the Cooperator of this task has been stopped; start() it, and give it a new task");
    }
}
