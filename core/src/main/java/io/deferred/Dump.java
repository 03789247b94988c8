// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * What this program is waiting for: like a dump of its threads, but of its Deferreds. It has those that are pending and have a story, see {@link Debugging}: grouped by where they were made, with their age, label, next callback, what they wait for, and the threads that are parked on them;
 * and what they wait for in turn, locks, semaphores, queues and executors too. Who waits for himself, by whatever way, is shown as a deadlock, with the path.
 *
 * <p>No thread is stopped for it, and nothing is changed or kept alive by it. Each Deferred is shown as it was at an instant, and all of them not at the same one; a deadlock stands still, and so is seen.
 *
 * <p>This class is safe for use by any thread.
 */
public final class Dump {
    private Dump() {}

    /**
     * Takes a dump, for people to read.
     *
     * @return lines, the last one not ended
     */
    public static String text() {
        return DumpText.of(WaitGraph.now());
    }

    /**
     * Takes a dump, for programs to read: an object with {@code pending} (how many), {@code nodes}, each with {@code id}, {@code kind}, {@code name}, {@code state}, {@code waitsFor} (ids) and what else is known of it ({@code made}, {@code ageNanos}, {@code untouchedNanos}, {@code next}, {@code
     * awaitedBy}), and {@code deadlocks}, lists of ids.
     *
     * @return a JSON text (RFC 8259) in one line
     */
    public static String json() {
        return DumpJson.of(WaitGraph.now());
    }
}
