// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.Deferred;
import java.time.Duration;

/**
 * Lets Ctrl-C cancel a Deferred, and keeps the JVM from ending before it has come to its end.
 *
 * <p>What is to happen at the end, printing for instance, belongs into the Deferred: it then happens once, whichever of
 * the two brought the end about.
 */
final class Interrupt {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** So that nobody has to reach for kill -9. Cancelling is a matter of milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Interrupt() {}

    /**
     * Waits for a result: the one place where the main thread blocks.
     *
     * @param first what Ctrl-C does before it cancels
     */
    static <T> T runToEnd(Deferred<T> work, Runnable first) throws Exception {
        Thread hook = new Thread(() -> end(work, first), "linkcheck-interrupt");
        add(hook, work);
        try {
            return work.get(FOR_EVER);
        } finally {
            work.handle(thrown -> {}); // get() has thrown it
            remove(hook);
        }
    }

    private static void add(Thread hook, Deferred<?> work) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            work.cancel(); // Ctrl-C was faster
        }
    }

    private static void end(Deferred<?> work, Runnable first) {
        first.run();
        work.cancel();
        try {
            work.get(PATIENCE); // another thread may be at the end of it already
        } catch (Exception e) {
            // The main thread has it, and the JVM is ending.
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: the JVM is ending, and waits for it.
        }
    }
}
