// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link CooperativeTask} was to be paused or stopped that has ended. Twisted's {@code TaskFinished}. */
public abstract sealed class TaskFinishedException extends SchedulerException
        permits TaskDoneException, TaskStoppedException, TaskFailedException {
    @Serial
    private static final long serialVersionUID = 1L;

    TaskFinishedException(String message) {
        super(message);
    }

    TaskFinishedException(String message, Throwable cause) {
        super(message, cause);
    }
}
