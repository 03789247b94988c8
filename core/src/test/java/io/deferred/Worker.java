// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor with one thread, named "worker", and a small stack. Unlike a pool of the JDK it does not clear interrupts between its tasks, and counts those that hit it there.
 */
final class Worker implements Executor {
    private static final int STACK_SIZE = 256 * 1024;

    final AtomicInteger strayInterrupts = new AtomicInteger();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private boolean ended; // confined to the thread
    final Thread thread = new Thread(null, this::work, "worker", STACK_SIZE);

    Worker() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    private void work() {
        while (!ended) {
            Runnable task;
            try {
                task = tasks.take();
            } catch (InterruptedException e) {
                strayInterrupts.incrementAndGet();
                continue;
            }
            task.run();
            if (Thread.interrupted()) {
                strayInterrupts.incrementAndGet();
            }
        }
    }

    /** Waits until it has done what it has been given so far. */
    void finish() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        execute(done::countDown);
        await(done);
    }

    /** Waits for what another thread is certain to do, if nothing is broken. */
    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.MINUTES))
                .as("waited in vain for another thread")
                .isTrue();
    }

    /** Waits until it has done everything, and its thread is gone. */
    void end() throws InterruptedException {
        execute(() -> ended = true);
        thread.join();
    }
}
