// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredQueue;
import io.deferred.DeferredSemaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A lock, a semaphore or a queue gives to one who waits, and who is cancelled at that instant.
 *
 * <p>Who is to fire the waiter is decided by who takes it out of the line, under the monitor. A cancel that does not find it there any more does nothing until it sees the waiter fired, and is then a cancel of
 * whatever comes next. So nobody is given a piece that was cancelled, and no piece goes to one who was. The waiter is Unfired, has a canceller (Inflated), and is fired by the one who gives, outside of the monitor.
 */
@Exercises({"Unfired", "Running", "At rest", "Inflated"})
public class CancelAndHandover {
    /** Either the waiter has the lock, and sees all that was done before the release, or nobody has. */
    @JCStressTest
    @Outcome(id = "1, true, true", expect = Expect.ACCEPTABLE, desc = "The hand-over came first.")
    @Outcome(id = "cancelled, false, true", expect = Expect.ACCEPTABLE, desc = "The cancel came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The lock is lost, or was given twice, or what it guards is stale.")
    @State
    public static class TheLockIsNotLost {
        private final DeferredLock lock = new DeferredLock();
        private int guarded; // plain: the lock orders it
        private final Deferred<Integer> waiter;

        public TheLockIsNotLost() {
            lock.acquire();
            waiter = lock.acquire().addCallback(acquired -> guarded);
        }

        @Actor
        public void release() {
            guarded = 1;
            lock.release();
        }

        @Actor
        public void cancel() {
            waiter.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = Ends.of(waiter);
            r.r2 = lock.locked();
            if (lock.locked()) {
                lock.release();
            }
            r.r3 = lock.acquire().called();
        }
    }

    /** The token goes to the next one if the first is cancelled, and to nobody else. */
    @JCStressTest
    @Outcome(id = "acquired, false, 0", expect = Expect.ACCEPTABLE, desc = "The hand-over came first.")
    @Outcome(id = "cancelled, true, 0", expect = Expect.ACCEPTABLE, desc = "The cancel came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The token is lost, or was given twice, or lies there while one waits.")
    @State
    public static class TheTokenGoesToTheNext {
        private final DeferredSemaphore semaphore = new DeferredSemaphore(1);
        private final Deferred<String> first;
        private final Deferred<DeferredSemaphore> second;

        public TheTokenGoesToTheNext() {
            semaphore.acquire();
            first = semaphore.acquire().addCallback(acquired -> "acquired");
            second = semaphore.acquire();
        }

        @Actor
        public void release() {
            semaphore.release();
        }

        @Actor
        public void cancel() {
            first.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = Ends.of(first);
            r.r2 = second.called();
            r.r3 = semaphore.tokens();
        }
    }

    /** The item is got, or stays in the queue. */
    @JCStressTest
    @Outcome(id = "7, 0", expect = Expect.ACCEPTABLE, desc = "The hand-over came first.")
    @Outcome(id = "cancelled, 1", expect = Expect.ACCEPTABLE, desc = "The cancel came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The item is lost, or is there twice.")
    @State
    public static class TheItemIsNotLost {
        private final DeferredQueue<Integer> queue = new DeferredQueue<>();
        private final Deferred<Integer> getter = queue.get();

        @Actor
        public void put() {
            queue.put(7);
        }

        @Actor
        public void cancel() {
            getter.cancel();
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r1 = Ends.of(getter);
            r.r2 = queue.pending();
        }
    }

    /** Who gives looks whether the waiter is cancelled, who cancels looks whether it was given to, and nobody takes it out of a line. */
    @JCStressTest
    @Outcome(id = "given", expect = Expect.ACCEPTABLE, desc = "The waiter has the token.")
    @Outcome(id = "kept", expect = Expect.ACCEPTABLE, desc = "The token is free.")
    @Outcome(
            id = "lost",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The token was given to one who was cancelled, and never gives it back.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByLookThenGive {
        private volatile boolean given;
        private volatile boolean cancelled;

        @Actor
        public void release() {
            if (!cancelled) {
                given = true;
            }
        }

        @Actor
        public void cancel() {
            if (!given) {
                cancelled = true;
            }
        }

        @Arbiter
        public void look(L_Result r) {
            r.r1 = !given ? "kept" : cancelled ? "lost" : "given";
        }
    }
}
