// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waiting for a Deferred with the thread that has nothing better to do. */
final class Blocking {
    private Blocking() {}

    static <T extends @Nullable Object> T get(Deferred<T> deferred, Duration timeout) throws Exception {
        long nanos = Durations.nanos(timeout, "time-out");
        OwnThreads.refuseOnEventLoop("get()", deferred);
        if (deferred.runner() == Thread.currentThread()) {
            throw new IllegalStateException("get() was called on " + deferred
                    + " by one of its own callbacks, which would wait for itself; return the Deferred instead");
        }
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<@Nullable Outcome<T>> outcome = new AtomicReference<>();
        Deferred<T> copy = deferred.fork();
        Callback<?, ?> arrival = Adapters.<T>both(ended -> {
            outcome.set(ended);
            done.countDown();
            return "arrived";
        });
        copy.add(arrival, arrival); // handles the copy's failure: the original keeps its own
        if (!await(done, nanos, copy)) {
            throw new TimeoutException("no result after " + timeout + ": " + deferred);
        }
        Outcome<T> ended = outcome.get();
        if (ended == null) {
            throw new AssertionError("released without an outcome");
        }
        return ended.unwrap();
    }

    private static boolean await(CountDownLatch done, long nanos, Deferred<?> copy) throws InterruptedException {
        boolean released = false;
        try {
            released = done.await(nanos, TimeUnit.NANOSECONDS);
            return released;
        } finally {
            if (!released) {
                copy.cancel(); // nobody waits any more; the original is left as it is
            }
        }
    }
}
