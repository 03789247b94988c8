// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Two threads cancel one Deferred that has a canceller.
 *
 * <p>The pipeline is Inflated, and stays Unfired while its canceller runs; what keeps the second cancel out is a flag of the side record, set by an atomic operation that tells who was first. The first one alone
 * calls the canceller, and fires.
 */
@Exercises({"Unfired", "Running", "At rest", "Inflated"})
public class CancelAndCancel {
    /** One of the cancels is told that it did it; to the other there was nothing to stop, or a run to leave its cancel with. */
    @JCStressTest
    @Outcome(
            id = {"CANCELLER_RAN, NOTHING_TO_STOP, 1, cancelled", "CANCELLER_RAN, PASSED_ON, 1, cancelled"},
            expect = Expect.ACCEPTABLE,
            desc = "The first actor called the canceller.")
    @Outcome(
            id = {"NOTHING_TO_STOP, CANCELLER_RAN, 1, cancelled", "PASSED_ON, CANCELLER_RAN, 1, cancelled"},
            expect = Expect.ACCEPTABLE,
            desc = "The second actor called the canceller.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The canceller was called twice or never.")
    @State
    public static class TheCancellerIsCalledOnce {
        private final AtomicInteger calls = new AtomicInteger();
        private final Deferred<Integer> deferred = new Deferred<>(self -> calls.incrementAndGet());

        @Actor
        public void first(LLLL_Result r) {
            r.r1 = deferred.cancel();
        }

        @Actor
        public void second(LLLL_Result r) {
            r.r2 = deferred.cancel();
        }

        @Arbiter
        public void look(LLLL_Result r) {
            r.r3 = calls.get();
            r.r4 = Ends.of(deferred);
        }
    }

    /** The flag is looked at, and then set. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The second one has seen the flag.")
    @Outcome(
            id = "2",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Both have seen no flag, and called the canceller.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCheckThenCall {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile boolean cancelling;

        @Actor
        public void first() {
            cancel();
        }

        @Actor
        public void second() {
            cancel();
        }

        private void cancel() {
            if (!cancelling) {
                cancelling = true;
                calls.incrementAndGet();
            }
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = calls.get();
        }
    }
}
