// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * One thread fires a Deferred, and runs its callbacks; another cancels it.
 *
 * <p>A cancel that finds the pipeline Running puts itself on top of the slot as a stage would. The run cannot begin to wait, nor come to rest, by its compare-and-set without having taken it off (I3, I4): it is
 * then sent to the one that is waited for, or dropped at the end of the run. A cancel that finds it Waiting goes there itself.
 */
@Exercises({"Unfired", "Changing", "Running", "Waiting", "At rest", "Inflated"})
public class CancelAndRun {
    /** A run that ends in a wait for ever is always cancelled: before it, in it, or in the wait. */
    @JCStressTest
    @Outcome(
            id = "cancelled, true",
            expect = Expect.ACCEPTABLE,
            desc = "The cancel reached the one that is waited for.")
    @Outcome(id = "cancelled, false", expect = Expect.ACCEPTABLE, desc = "The cancel came before the run.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel was lost.")
    @State
    public static class TheCancelReachesTheNextWait {
        private final Deferred<Integer> never = new Deferred<>();
        private final Deferred<Integer> deferred =
                new Deferred<Integer>().tap(value -> {}).chainCallback(value -> never);

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void cancel() {
            deferred.cancel();
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r1 = Ends.of(deferred);
            r.r2 = never.called();
        }
    }

    /** A run that ends takes the cancel with it: what is added later waits in peace. */
    @JCStressTest
    @Outcome(id = "FAILED, false", expect = Expect.ACCEPTABLE, desc = "The cancel came before the run.")
    @Outcome(id = "PASSED_ON, false", expect = Expect.ACCEPTABLE, desc = "The cancel met the run.")
    @Outcome(id = "NOTHING_TO_STOP, false", expect = Expect.ACCEPTABLE, desc = "The cancel came after the run.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel was left over.")
    @State
    public static class TheCancelIsForgottenWithTheRun {
        private final Deferred<Integer> later = new Deferred<>();
        private final Deferred<Integer> deferred = new Deferred<Integer>().tap(value -> {});

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void cancel(LL_Result r) {
            r.r1 = deferred.cancel();
        }

        @Arbiter
        public void look(LL_Result r) {
            deferred.chainCallbacks(value -> later, failure -> later);
            r.r2 = later.called();
        }
    }

    /** The run looks for cancels, and then begins to wait. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "The cancel has arrived.")
    @Outcome(
            id = "false",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The cancel came between the last look and the wait: it stays with a run that is over.")
    @State
    public static class WeakenedByNoLookAtTheWait {
        private volatile boolean waiting;
        private volatile boolean left;
        private boolean arrived; // each actor writes it in turn, if at all

        @Actor
        public void run() {
            if (left) {
                arrived = true;
            }
            waiting = true;
        }

        @Actor
        public void cancel() {
            if (waiting) {
                arrived = true;
            } else {
                left = true;
            }
        }

        @Arbiter
        public void look(Z_Result r) {
            r.r1 = arrived;
        }
    }
}
