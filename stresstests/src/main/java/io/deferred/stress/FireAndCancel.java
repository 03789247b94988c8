// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One thread fires a Deferred that has no canceller, another cancels it.
 *
 * <p>Both leave Unfired by a compare-and-set of the same slot, so one of them wins. The cancel needs the swallow flag, thus an Inflated pipeline, and sets it while the slot says Changing: a late firer
 * waits for the end of that, and then finds the flag. The flag is taken away by an atomic operation: of two late firers one is silenced. Whoever wins is then Running (I1), and runs what is in the
 * queue before the pipeline is At rest (I4); a cancel that meets the run is left there, and forgotten when it ends.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest", "Inflated"})
public class FireAndCancel {
    /** Nobody is told that it came too late; the value is seen by the callbacks, or else, once, by the one who is to dispose of it. */
    @JCStressTest
    @Outcome(id = "NOTHING_TO_STOP, 1, 0", expect = Expect.ACCEPTABLE, desc = "The cancel came too late.")
    @Outcome(id = "PASSED_ON, 1, 0", expect = Expect.ACCEPTABLE, desc = "The cancel met the callbacks of the value.")
    @Outcome(id = "FAILED, cancelled, 1", expect = Expect.ACCEPTABLE, desc = "The value came too late.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The value is seen twice or never, or both have won.")
    @State
    public static class TheValueOrTheCancel {
        private int late;
        private final Deferred<Integer> deferred =
                new Deferred<Integer>().onLateResult(value -> late += value).tap(value -> {});

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            r.r1 = deferred.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = Ends.of(deferred);
            r.r3 = late;
        }
    }

    /** A cancel silences one firer, not two. */
    @JCStressTest
    @Outcome(id = "accepted, refused, 1", expect = Expect.ACCEPTABLE, desc = "The first actor fired it.")
    @Outcome(id = "accepted, refused, cancelled", expect = Expect.ACCEPTABLE, desc = "The first actor was silenced.")
    @Outcome(id = "refused, accepted, cancelled", expect = Expect.ACCEPTABLE, desc = "The second actor was silenced.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both were silenced, or both were refused.")
    @State
    public static class OneLateResultIsSwallowed {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void fire(LLL_Result r) {
            r.r1 = Ends.fire(deferred, 1);
        }

        @Actor
        public void cancelAndFire(LLL_Result r) {
            deferred.cancel();
            r.r2 = Ends.fire(deferred, 2);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r3 = Ends.of(deferred);
        }
    }

    /** The flag is set when the slot shows already that the cancel has won. */
    @JCStressTest
    @Outcome(id = "accepted, value", expect = Expect.ACCEPTABLE, desc = "The value came first.")
    @Outcome(id = "accepted, cancelled", expect = Expect.ACCEPTABLE, desc = "The late value found the flag.")
    @Outcome(
            id = "refused, cancelled",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The late value came before the flag: its firer is told off for a cancel that it cannot know of.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByTheFlagAfterwards {
        private final AtomicReference<String> slot = new AtomicReference<>("unfired");
        private final AtomicBoolean swallow = new AtomicBoolean();

        @Actor
        public void fire(LL_Result r) {
            boolean accepted = slot.compareAndSet("unfired", "value") || swallow.getAndSet(false);
            r.r1 = accepted ? "accepted" : "refused";
        }

        @Actor
        public void cancel() {
            if (slot.compareAndSet("unfired", "cancelled")) {
                swallow.set(true);
            }
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r2 = slot.get();
        }
    }
}
