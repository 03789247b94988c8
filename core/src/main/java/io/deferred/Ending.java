// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.function.Supplier;

/**
 * How a {@link CooperativeTask} has ended.
 *
 * @param result what those are given who wait for it: its iterator, or a Failure
 * @param refusal makes what is thrown when something is asked of it now
 */
record Ending(Object result, Supplier<SchedulerException> refusal) {
    static Ending done(Object iterator) {
        return new Ending(iterator, TaskDoneException::new);
    }

    static Ending failed(Failure failure) {
        return new Ending(failure, () -> new TaskFailedException(failure.exception()));
    }

    static Ending stopped() {
        return new Ending(new Failure(new TaskStoppedException()), TaskStoppedException::new);
    }

    static Ending schedulerStopped() {
        return new Ending(new Failure(new SchedulerStoppedException()), SchedulerStoppedException::new);
    }
}
