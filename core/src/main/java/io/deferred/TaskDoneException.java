// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link CooperativeTask} was to be paused or stopped that has come to the end of its iterator. Twisted's {@code TaskDone}. */
public final class TaskDoneException extends TaskFinishedException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public TaskDoneException() {
        super("the task has come to the end of its iterator; there is nothing left to pause or stop");
    }
}
