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
 * A Deferred fires another one, by {@link Deferred#chainDeferred}, which a second thread fires or cancels.
 *
 * <p>The stage of the first claims the second, from Unfired to Running, by the same compare-and-set as any firer, without leaving its own run. If it loses, it asks for the swallow flag, as a firer
 * does; what it is not allowed in silence is the failure with which its own pipeline goes on.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest", "Inflated"})
public class FireAndChain {
    /** One of the two fires the target; the other is told, each in its own way. */
    @JCStressTest
    @Outcome(id = "refused, 1, null", expect = Expect.ACCEPTABLE, desc = "The chained one fired the target.")
    @Outcome(id = "accepted, 2, refused", expect = Expect.ACCEPTABLE, desc = "The second actor fired the target.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two winners, none, or a loser who was not told.")
    @State
    public static class OneFiresTheTarget {
        private final Deferred<Integer> target = new Deferred<Integer>().tap(value -> {});
        private final Deferred<Integer> source = new Deferred<>();

        public OneFiresTheTarget() {
            source.chainDeferred(target);
        }

        @Actor
        public void fireTheSource() {
            source.callback(1);
        }

        @Actor
        public void fireTheTarget(LLL_Result r) {
            r.r1 = Ends.fire(target, 2);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = Ends.of(target);
            r.r3 = Ends.of(source);
        }
    }

    /** A target that was cancelled takes the late result without a word. */
    @JCStressTest
    @Outcome(id = "FAILED, cancelled, null", expect = Expect.ACCEPTABLE, desc = "The cancel came first.")
    @Outcome(
            id = "PASSED_ON, 1, null",
            expect = Expect.ACCEPTABLE,
            desc = "The cancel met the callbacks of the target.")
    @Outcome(id = "NOTHING_TO_STOP, 1, null", expect = Expect.ACCEPTABLE, desc = "The value came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The chained one was told off, or the target has no outcome.")
    @State
    public static class ACancelledTargetIsSilent {
        private final Deferred<Integer> target = new Deferred<Integer>().tap(value -> {});
        private final Deferred<Integer> source = new Deferred<>();

        public ACancelledTargetIsSilent() {
            source.chainDeferred(target);
        }

        @Actor
        public void fire() {
            source.callback(1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            r.r1 = target.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = Ends.of(target);
            r.r3 = Ends.of(source);
        }
    }
}
