// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** What was asked of a {@link Cooperator} or one of its tasks cannot be done in its present state. Twisted's {@code SchedulerError}. */
public abstract sealed class SchedulerException extends IllegalStateException
        permits SchedulerStoppedException, TaskFinishedException, NotPausedException {
    @Serial
    private static final long serialVersionUID = 1L;

    SchedulerException(String message) {
        super(message);
    }

    SchedulerException(String message, Throwable cause) {
        super(message, cause);
    }
}
