// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredQueue;
import io.deferred.DeferredSemaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Locks, semaphores and queues: the Deferreds that they give included. */
final class Primitives {
    private Primitives() {}

    static Stream<Work<?>> works() {
        DeferredLock lock = new DeferredLock();
        DeferredSemaphore semaphore = new DeferredSemaphore(1);
        DeferredQueue<String> queue = new DeferredQueue<>();
        return Parts.works(
                free("lock-free", lock::acquire, lock::release),
                queued("lock-queued", lock::acquire, lock::release),
                free("semaphore-free", semaphore::acquire, semaphore::release),
                queued("semaphore-queued", semaphore::acquire, semaphore::release),
                Work.of("queue-put-get", () -> {
                    queue.put(Parts.VALUE);
                    return queue.get();
                }),
                Work.of("queue-get-put", () -> {
                    Deferred<String> got = queue.get();
                    queue.put(Parts.VALUE);
                    return got;
                }));
    }

    private static Work<?> free(String name, Supplier<? extends Deferred<?>> acquire, Runnable release) {
        return Work.of(name, () -> {
            Deferred<?> holder = acquire.get();
            release.run();
            return holder;
        });
    }

    /** One holds it, and one waits: both are counted. */
    private static Work<?> queued(String name, Supplier<? extends Deferred<?>> acquire, Runnable release) {
        return Work.of(name, () -> {
            acquire.get();
            Deferred<?> waiting = acquire.get();
            release.run();
            release.run();
            return waiting;
        });
    }
}
