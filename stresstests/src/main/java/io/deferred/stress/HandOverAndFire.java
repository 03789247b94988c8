// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.AlreadyCalledException;
import io.deferred.Deferred;
import io.deferred.Outcome.Failed;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A run gives its result to another Deferred, while another thread fires that one, or the one for which it waits next.
 *
 * <p>A run that fires another Deferred claims it by the same compare-and-set from Unfired as any other thread does, and is told like any other. A run that resumes one that is Waiting has the only
 * right to do so (I2); should that one come to wait again, the right goes with the new stage to the new owner, and all that was written goes with it through the slots.
 */
@Exercises({"Unfired", "Running", "Waiting", "Parked", "At rest"})
public class HandOverAndFire {
    /** One is chained to another, which is fired from outside as well. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The chain won; who fired was told.")
    @Outcome(id = "2, 1, 1", expect = Expect.ACCEPTABLE, desc = "Who fired won; the one that is chained was told.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two winners, none, or the result of the loser.")
    @State
    public static class OneOfTwoFires {
        private final Deferred<Integer> target = new Deferred<>();
        private final Deferred<Integer> source = new Deferred<>();
        private int given;

        public OneOfTwoFires() {
            source.chainDeferred(target);
            target.tap(value -> given = value);
        }

        @Actor
        public void fireSource() {
            source.callback(1);
        }

        @Actor
        public void fireTarget(III_Result r) {
            try {
                target.callback(2);
                r.r2 = 1;
            } catch (AlreadyCalledException e) {
                r.r2 = 0;
            }
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = given;
            boolean told = source.outcome().orElseThrow() instanceof Failed<Integer> failed
                    && failed.failure().check(AlreadyCalledException.class).isPresent();
            r.r3 = told ? 1 : 0;
            source.handle(failure -> {});
        }
    }

    /** One waits for an inner one, and then for a second one, which is fired by another thread. */
    @JCStressTest
    @Outcome(
            id = "42, 8",
            expect = Expect.ACCEPTABLE,
            desc = "It went from owner to owner, and each saw what was written before.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It stands still, or did not see what was written.")
    @State
    public static class FromInnerToInner {
        private final Deferred<Integer> one = new Deferred<>();
        private final Deferred<Integer> two = new Deferred<>();
        private int written;
        private int seen;
        private int given;

        public FromInnerToInner() {
            Deferred.succeed(0)
                    .chainCallback(value -> one)
                    .chainCallback(value -> {
                        written += 2;
                        return two;
                    })
                    .tap(value -> {
                        seen = written;
                        given = value;
                    });
        }

        @Actor
        public void fireOne() {
            written = 40;
            one.callback(7);
        }

        @Actor
        public void fireTwo() {
            two.callback(8);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = seen;
            r.r2 = given;
        }
    }
}
