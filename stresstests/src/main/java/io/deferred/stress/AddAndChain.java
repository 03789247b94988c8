// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A callback of the outer one returns the inner one, while another thread adds to the outer one or fires the inner one.
 *
 * <p>The thread that runs the outer one makes it Waiting, and only then adds it to the stages of the inner one. If that has come to rest meanwhile, the same thread takes it up again and takes the
 * result; else the one stage that stands in the inner one's queue gives its thread the only right to resume the outer one (I2). What is added to one that is Waiting goes on top of the inner one in
 * the slot. Beginning to wait and resuming are compare-and-sets which fail when there is more on top, and take it along: so it is run after the inner one's result has come (I4), and after what was there before
 * (I3).
 */
@Exercises({"Running", "Waiting", "At rest"})
public class AddAndChain {
    /** A late callback waits for the inner one's result, whether it met the run or the waiting. */
    @JCStressTest
    @Outcome(id = "0, 1, 7", expect = Expect.ACCEPTABLE, desc = "It ran once, and only when the inner one had fired.")
    @Outcome(
            expect = Expect.FORBIDDEN,
            desc = "It ran before the inner one had fired, or twice, or never, or was given something else.")
    @State
    public static class TheLateOneWaitsToo {
        private final Deferred<Integer> inner = new Deferred<>();
        private final Deferred<Integer> outer = new Deferred<Integer>().chainCallback(value -> inner);
        private int runs;
        private int given;

        @Actor
        public void fire() {
            outer.callback(1);
        }

        @Actor
        public void add() {
            outer.tap(value -> {
                runs++;
                given = value;
            });
        }

        @Arbiter
        public void fireInner(III_Result r) {
            r.r1 = runs;
            inner.callback(7);
            r.r2 = runs;
            r.r3 = given;
        }
    }

    /** The inner one fires while the outer one begins to wait for it. */
    @JCStressTest
    @Outcome(
            id = "1, 7, 42",
            expect = Expect.ACCEPTABLE,
            desc =
                    "The outer one went on once, with the inner one's result, and saw what was written before that fired.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, went on twice, or did not see the write.")
    @State
    public static class TheInnerOneFiresMeanwhile {
        private final Deferred<Integer> inner = new Deferred<>();
        private final Deferred<Integer> outer = new Deferred<Integer>().chainCallback(value -> inner);
        private int written;
        private int runs;
        private int given;
        private int seen;

        public TheInnerOneFiresMeanwhile() {
            outer.tap(value -> {
                runs++;
                given = value;
                seen = written;
            });
        }

        @Actor
        public void fire() {
            outer.callback(1);
        }

        @Actor
        public void fireInner() {
            written = 42;
            inner.callback(7);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = runs;
            r.r2 = given;
            r.r3 = seen;
        }
    }

    /** One that waits is added to while the inner one fires: what was there before the waiting comes first. */
    @JCStressTest
    @Outcome(
            id = "12, 8",
            expect = Expect.ACCEPTABLE,
            desc = "The old one ran with the inner one's result, then the new one with what the old one returned.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One of them is lost, or they ran in the other order, or twice.")
    @State
    public static class TheLateOneComesAfterTheRest {
        private final Deferred<Integer> inner = new Deferred<>();
        private final Deferred<Integer> outer = Deferred.succeed(1);
        private int order;
        private int given;

        public TheLateOneComesAfterTheRest() {
            outer.chainCallback(value -> inner).addCallback(value -> {
                order = 10 * order + 1;
                return value + 1;
            });
        }

        @Actor
        public void fireInner() {
            inner.callback(7);
        }

        @Actor
        public void add() {
            outer.tap(value -> {
                order = 10 * order + 2;
                given = value;
            });
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = order;
            r.r2 = given;
        }
    }

    /** The outer one looks whether the inner one is still to fire, and then says that it waits for it, in two steps. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Either found the other one in time.")
    @Outcome(
            id = "0",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The inner one fired in between, and nobody wakes the outer one.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCheckThenWait {
        private volatile boolean innerFired;
        private volatile @Nullable Runnable waiter;
        private int resumed;

        @Actor
        public void chain() {
            if (innerFired) {
                resumed++;
            } else {
                waiter = () -> resumed++;
            }
        }

        @Actor
        public void fireInner() {
            innerFired = true;
            Runnable found = waiter;
            if (found != null) {
                found.run();
            }
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = resumed;
        }
    }
}
