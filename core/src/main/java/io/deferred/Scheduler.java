// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A clock that calls back: the one way in which this library reads time or waits. Twisted's {@code IReactorTime}.
 *
 * <p>Use {@link #system()} in programs and {@link VirtualClock} in tests; write code so that it is given one.
 */
public interface Scheduler {
    /**
     * Returns the time.
     *
     * @return the time since a moment that the scheduler has chosen; it never goes back
     */
    Duration now();

    /**
     * Calls an action later. Calls that are due at the same time are made in the order in which they were asked for.
     *
     * @param delay from now; zero means as soon as possible, and never within this call
     * @param action is called once; which thread calls it, and what becomes of an exception, the scheduler says
     * @return the handle by which the call is cancelled or moved
     * @throws IllegalArgumentException if the delay is negative
     */
    DelayedCall callLater(Duration delay, Runnable action);

    /**
     * Returns what is armed.
     *
     * @return the calls neither made nor cancelled, in the order in which they are due; a copy
     */
    List<DelayedCall> delayedCalls();

    /**
     * Returns the shared system scheduler: one daemon thread keeps time, and one further daemon thread makes the calls, which a blocking call does delay. It cannot be
     * closed; its threads end when they have had nothing to do for some seconds.
     *
     * @return always the same
     */
    static Scheduler system() {
        return SharedScheduler.INSTANCE;
    }

    /**
     * Makes a system scheduler: one daemon thread keeps time and hands what is due to the executor.
     *
     * @param executor makes the calls; what they throw, and a call that it rejects, is reported to the handler of {@link UnhandledFailures}
     * @return to be closed when it is no longer needed, which cancels what is armed
     */
    static SystemScheduler system(Executor executor) {
        return new SystemScheduler(executor);
    }
}
