// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link CooperativeTask} was stopped before it came to the end of its iterator. Twisted's {@code TaskStopped}. */
public final class TaskStoppedException extends TaskFinishedException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public TaskStoppedException() {
        super("the task was stopped before it came to the end of its iterator");
    }
}
