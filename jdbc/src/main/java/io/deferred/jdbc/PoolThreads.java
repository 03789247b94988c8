// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that end when they have had nothing to do for some seconds. */
final class PoolThreads {
    private static final long IDLE_SECONDS = 10;

    private PoolThreads() {}

    /** So many of them at most; what comes when it has been shut down is dropped, for it comes too late to be of use. */
    static ThreadPoolExecutor of(int most, ThreadFactory factory) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory,
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Daemons, numbered from 1. */
    static ThreadFactory daemons(String name) {
        AtomicInteger last = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + last.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
