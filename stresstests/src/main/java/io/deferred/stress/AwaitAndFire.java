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
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * One thread awaits a Deferred, another fires or cancels it.
 *
 * <p>The thread either takes the result from the slot by a compare-and-set (At rest), or adds a stage, which is run by the firer or by itself (I4). The stage writes what it was given and then wakes the thread; the
 * thread looks for that before it parks, each time. So the wake-up is not lost, and all that the firer did before is seen.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest"})
public class AwaitAndFire {
    private static String await(Deferred<Integer> deferred) {
        try {
            return String.valueOf(deferred.await());
        } catch (Exception e) {
            return Ends.word(e);
        }
    }

    /** The thread goes on with the value, sees what was written before it, and leaves nothing. */
    @JCStressTest
    @Outcome(id = "1, 1, null", expect = Expect.ACCEPTABLE, desc = "The value, and what was written before it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Another value, a stale field, or a result that was not taken.")
    @State
    public static class TheThreadHasTheValue {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int written;

        @Actor
        public void await(LLL_Result r) {
            r.r1 = AwaitAndFire.await(deferred);
            r.r2 = written;
        }

        @Actor
        public void fire() {
            written = 1;
            deferred.callback(1);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r3 = Ends.of(deferred);
        }
    }

    /** A cancel ends the wait, whether it finds the stage or is found itself. */
    @JCStressTest
    @Outcome(id = "cancelled, FAILED, null", expect = Expect.ACCEPTABLE, desc = "The thread was given the cancel.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel did not fire it, or was left there.")
    @State
    public static class TheCancelEndsTheWait {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void await(LLL_Result r) {
            r.r1 = AwaitAndFire.await(deferred);
        }

        @Actor
        public void cancel(LLL_Result r) {
            r.r2 = deferred.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r3 = Ends.of(deferred);
        }
    }

    /** The thread looks for the result, and then says that it is to be woken. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "It has seen the result, or is woken.")
    @Outcome(
            id = "false",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The result came in between: it would sleep for ever.")
    @State
    public static class WeakenedByNoLookBeforeParking {
        private volatile boolean fired;
        private volatile boolean parked;
        private boolean seen; // each has its own
        private boolean woken;

        @Actor
        public void await() {
            seen = fired;
            parked = true;
        }

        @Actor
        public void fire() {
            fired = true;
            woken = parked;
        }

        @Arbiter
        public void look(Z_Result r) {
            r.r1 = seen || woken;
        }
    }
}
