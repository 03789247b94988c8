// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link CooperativeTask} was to be paused or stopped that has failed; the cause says of what. Twisted's {@code TaskFailed}. */
public final class TaskFailedException extends TaskFinishedException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param cause what the iterator threw, or the failure of the Deferred that it waited for
     */
    public TaskFailedException(Throwable cause) {
        super("the task has failed, and does not go on; whenDone() has the failure too: " + Shown.brief(cause), cause);
    }
}
