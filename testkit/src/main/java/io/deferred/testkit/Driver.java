// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Dump;
import io.deferred.Outcome;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings a Deferred of a test to its end: makes what is due, and moves the clock to what is due next when no thread is at work that may still fire or arm something before that. If nothing is due at all, it waits for whoever else may fire it.
 */
final class Driver {
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Account account;
    private final VirtualClock clock;

    Driver(Account account, VirtualClock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** Throws its failure, or, after the limit, that it has not ended; then it has been cancelled. */
    void finish(Deferred<?> whole, Duration limit) throws Throwable {
        Ending ending = Ending.of(whole);
        if (!run(ending, limit)) {
            String waited = Dump.text() + System.lineSeparator() + Debugging.story(whole);
            whole.cancel();
            Reckoning.awaitWork(account, LOOK);
            throw new AssertionError(account.owner() + " has not ended within " + limit
                    + ", and was cancelled. It waited so:" + System.lineSeparator() + waited);
        }
        ending.unwrap();
    }

    /** False if it has not come to its end within the limit. */
    boolean run(Ending ending, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ending.isThere(Duration.ZERO)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            if (!step()) {
                ending.isThere(LOOK);
            }
        }
        return true;
    }

    /** Makes one call of the clock: one that is due, or, if no thread is at work, the next one; false if none was made. */
    boolean step() {
        return (isOneDue() || Reckoning.awaitWork(account, LOOK)) && clock.advanceToNext();
    }

    private boolean isOneDue() {
        Duration now = clock.now();
        return clock.delayedCalls().stream().anyMatch(call -> call.time().compareTo(now) <= 0);
    }

    /** The outcome of a Deferred, when it is there. */
    static final class Ending {
        private final CountDownLatch there = new CountDownLatch(1);
        private final AtomicReference<@Nullable Outcome<?>> outcome = new AtomicReference<>();

        private Ending() {}

        /** Takes the result, and handles the failure. */
        static Ending of(Deferred<?> whole) {
            Ending ending = new Ending();
            take(whole, ending);
            return ending;
        }

        private static <T extends @Nullable Object> void take(Deferred<T> whole, Ending ending) {
            Deferred<?> unused = whole.<@Nullable Void>addBoth(ended -> {
                ending.outcome.set(ended);
                ending.there.countDown();
                return null;
            });
        }

        boolean isThere(Duration wait) {
            try {
                return there.await(wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever runs the test wants it to end
                throw new AssertionError("interrupted while waiting for the end of a test", e);
            }
        }

        @Nullable
        Outcome<?> outcome() {
            return outcome.get();
        }

        void unwrap() throws Throwable {
            if (outcome.get() instanceof Outcome.Failed<?> failed) {
                throw failed.failure().exception();
            }
        }
    }
}
