// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What {@link Scheduler#system()} returns: made when it is first asked for, and without a close that would end it for everybody. */
final class SharedScheduler implements Scheduler {
    static final Scheduler INSTANCE = new SharedScheduler();

    final SystemScheduler scheduler;

    private SharedScheduler() {
        ThreadPoolExecutor caller = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), OwnThreads.ofAScheduler("deferred-scheduler"));
        DaemonThreads.letIdleThreadsEnd(caller);
        scheduler = new SystemScheduler(caller);
    }

    @Override
    public Duration now() {
        return scheduler.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        return scheduler.callLater(delay, action);
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        return scheduler.delayedCalls();
    }

    @Override
    public String toString() {
        return "Scheduler.system()";
    }
}
