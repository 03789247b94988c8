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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A Deferred waits for another one, which one thread fires; another thread cancels the waiter.
 *
 * <p>The cancel goes from slot to slot. It finds the outer pipeline Waiting, and then the inner one Unfired (and fires it), Running (and is left with that run, on behalf of the outer one), or At rest. Only the
 * one who took the waiter's stage out may make the outer one Running (I2), and a cancel that meets the inner one's run is given to the heir with the result. A cancel that has come too late for the inner one
 * looks again at the outer one, and goes on with what that waits for now.
 */
@Exercises({"Unfired", "Changing", "Running", "Waiting", "At rest", "Inflated"})
public class CancelAndInner {
    /** The waiter has the value or the cancel, and the inner one is left with nothing. */
    @JCStressTest
    @Outcome(id = "PASSED_ON, cancelled, null", expect = Expect.ACCEPTABLE, desc = "The inner one was cancelled.")
    @Outcome(id = "PASSED_ON, 1, null", expect = Expect.ACCEPTABLE, desc = "The cancel met a run.")
    @Outcome(id = "NOTHING_TO_STOP, 1, null", expect = Expect.ACCEPTABLE, desc = "The cancel came too late.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The waiter has neither, or a result is left over.")
    @State
    public static class TheValueOrTheCancel {
        private final Deferred<Integer> inner = new Deferred<Integer>().tap(value -> {});
        private final Deferred<Integer> outer =
                Deferred.succeed(0).chainCallback(value -> inner).tap(value -> {});

        @Actor
        public void fire() {
            inner.callback(1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            r.r1 = outer.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = Ends.of(outer);
            r.r3 = Ends.of(inner);
        }
    }

    /** A cancel on its way to the inner one, which gives its result meanwhile, is for what the waiter does next. */
    @JCStressTest
    @Outcome(id = "cancelled, true", expect = Expect.ACCEPTABLE, desc = "The cancel reached the next wait.")
    @Outcome(id = "cancelled, false", expect = Expect.ACCEPTABLE, desc = "The cancel reached the inner one.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel was lost.")
    @State
    public static class TheCancelReachesTheNextWait {
        private final Deferred<Integer> never = new Deferred<>();
        private final Deferred<Integer> inner = new Deferred<Integer>().tap(value -> {});
        private final Deferred<Integer> outer =
                Deferred.succeed(0).chainCallback(value -> inner).chainCallback(value -> never);

        @Actor
        public void fire() {
            inner.callback(1);
        }

        @Actor
        public void cancel() {
            outer.cancel();
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r1 = Ends.of(outer);
            r.r2 = never.called();
        }
    }

    /** The one who cancels has just fired the inner one, while the run of the outer one is on its way to wait for it. */
    @JCStressTest
    @Outcome(id = "cancelled, true", expect = Expect.ACCEPTABLE, desc = "The cancel reached the next wait.")
    @Outcome(id = "cancelled, false", expect = Expect.ACCEPTABLE, desc = "The cancel came before the run.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel was lost.")
    @State
    public static class AnInnerOneThatHasJustFiredTakesNoCancelAway {
        private final Deferred<Integer> never = new Deferred<>();
        private final Deferred<Integer> inner = new Deferred<>();
        private final Deferred<Integer> outer =
                new Deferred<Integer>().chainCallback(value -> inner).chainCallback(value -> never);

        @Actor
        public void run() {
            outer.callback(0);
        }

        @Actor
        public void fireAndCancel() {
            inner.callback(1);
            outer.cancel();
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r1 = Ends.of(outer);
            r.r2 = never.called();
        }
    }
}
