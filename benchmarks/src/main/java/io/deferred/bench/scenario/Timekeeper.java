// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.Scheduler;
import io.deferred.SystemScheduler;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** What keeps time for the libraries whose users choose it; each is the scenario's own. The others have one for the whole JVM. */
final class Timekeeper {
    /** Time-outs of this length are always beaten. */
    static final Duration LONG = Duration.ofHours(1);

    private SystemScheduler scheduler;
    private ScheduledThreadPoolExecutor executor;

    /** Ours. */
    Scheduler scheduler() {
        if (scheduler == null) {
            scheduler = Scheduler.system(Runnable::run);
        }
        return scheduler;
    }

    /** The JDK's, told to forget what was cancelled. */
    ScheduledThreadPoolExecutor executor() {
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(1);
            executor.setRemoveOnCancelPolicy(true);
        }
        return executor;
    }

    void close() {
        if (scheduler != null) {
            scheduler.close();
        }
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
