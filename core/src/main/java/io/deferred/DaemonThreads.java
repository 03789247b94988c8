// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that this library starts: daemons, named, and gone when idle. */
final class DaemonThreads {
    static final long IDLE_SECONDS = 10;

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    static void letIdleThreadsEnd(ThreadPoolExecutor pool) {
        pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
    }
}
