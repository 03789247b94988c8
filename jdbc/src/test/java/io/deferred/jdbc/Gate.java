// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Functions of the database that the tests know of: one that holds a statement up and heeds no cancel, and one that counts. H2 looks for a cancel between rows only. */
public final class Gate {
    private static volatile CountDownLatch reached = new CountDownLatch(1);
    private static volatile CountDownLatch opened = new CountDownLatch(1);
    private static volatile CountDownLatch ticked = new CountDownLatch(1);
    private static final AtomicLong TICKS = new AtomicLong();

    private Gate() {}

    static void reset() {
        reached = new CountDownLatch(1);
        opened = new CountDownLatch(1);
        ticked = new CountDownLatch(1);
        TICKS.set(0);
    }

    public static int pass(int value) throws InterruptedException {
        reached.countDown();
        Bank.await(opened);
        return value;
    }

    public static long tick(long value) {
        ticked.countDown();
        TICKS.incrementAndGet();
        return value;
    }

    public static void awaitReached() throws InterruptedException {
        Bank.await(reached);
    }

    static void awaitTick() throws InterruptedException {
        Bank.await(ticked);
    }

    static long ticks() {
        return TICKS.get();
    }

    public static void open() {
        opened.countDown();
    }
}
