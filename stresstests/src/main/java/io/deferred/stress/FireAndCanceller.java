// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * One thread fires a Deferred, another cancels it, and the canceller has its say.
 *
 * <p>The canceller runs outside of any state: it has no right to the slot, and the pipeline is Unfired meanwhile, for everybody to fire. So the producer, the canceller and the cancel itself, which fires last,
 * all go by the same compare-and-set, and one of them wins. The producer lets the canceller go only after it has won, so that a cancel never finds an unfired pipeline that has lost its canceller.
 */
@Exercises({"Unfired", "Running", "At rest", "Inflated"})
public class FireAndCanceller {
    /** Whoever of producer and canceller fires second is told, and its value is seen nowhere. */
    @JCStressTest
    @Outcome(id = "accepted, not called, 1", expect = Expect.ACCEPTABLE, desc = "The cancel came too late.")
    @Outcome(id = "accepted, refused, 1", expect = Expect.ACCEPTABLE, desc = "The canceller came too late.")
    @Outcome(id = "refused, accepted, 2", expect = Expect.ACCEPTABLE, desc = "The producer came too late.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two winners, none, or the result of the loser.")
    @State
    public static class TheCancellersValueOrTheProducers {
        private String said = "not called"; // plain: read when the canceller has returned
        private final Deferred<Integer> deferred = new Deferred<>(self -> said = Ends.fire(self, 2));

        @Actor
        public void fire(LLL_Result r) {
            r.r1 = Ends.fire(deferred, 1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            deferred.cancel();
            r.r2 = said;
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r3 = Ends.of(deferred);
        }
    }

    /** With a canceller, which is to see to it that nothing comes any more, a late result is refused. */
    @JCStressTest
    @Outcome(id = "accepted, 0, 1", expect = Expect.ACCEPTABLE, desc = "The cancel came too late.")
    @Outcome(id = "accepted, 1, 1", expect = Expect.ACCEPTABLE, desc = "The value came while the canceller ran.")
    @Outcome(id = "refused, 1, cancelled", expect = Expect.ACCEPTABLE, desc = "The value came too late.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A late value was swallowed, or a cancel went past the canceller.")
    @State
    public static class ALateResultIsRefused {
        private int calls;
        private final Deferred<Integer> deferred = new Deferred<>(self -> calls++);

        @Actor
        public void fire(LLL_Result r) {
            r.r1 = Ends.fire(deferred, 1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            deferred.cancel();
            r.r2 = calls;
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r3 = Ends.of(deferred);
        }
    }
}
