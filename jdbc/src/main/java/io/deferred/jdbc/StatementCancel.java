// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.DelayedCall;
import io.deferred.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the statements of an operation, on other threads, because drivers open a connection for it: again and again until the operation has ended. A cancel that comes just before the statement has begun is ignored by most drivers, and its function may go on to another one.
 */
final class StatementCancel {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    // immutable
    private final Operation<?> operation;
    private final Running running;
    private final Executor threads;
    private final Scheduler scheduler;

    // guarded by this
    private @Nullable DelayedCall next;
    private boolean over;

    // guarded by this
    private Duration pause = FIRST_PAUSE;

    StatementCancel(Operation<?> operation, Running running, Executor threads, Scheduler scheduler) {
        this.operation = operation;
        this.running = running;
        this.threads = threads;
        this.scheduler = scheduler;
    }

    void start() {
        try {
            threads.execute(this::tryNow);
        } catch (Throwable t) {
            PoolLog.couldNotCancel(operation, t); // there is no thread to be had, perhaps in a moment
            arm();
        }
    }

    private void tryNow() {
        if (isOver()) {
            return;
        }
        try {
            running.cancelStatements();
        } catch (Throwable t) {
            PoolLog.couldNotCancel(operation, t);
        }
        arm();
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void arm() {
        if (!over) {
            next = Arming.callLater(scheduler, pause, this::start);
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** The operation has ended: nothing is left armed. */
    synchronized void end() {
        over = true;
        if (next != null) {
            next.tryCancel();
        }
    }
}
