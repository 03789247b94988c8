// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.AlreadyCalledException;
import io.deferred.Deferred;
import io.deferred.Failure;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads fire one Deferred.
 *
 * <p>Both find it Unfired, and each wants to make it Running, or At rest at once where nothing was added. Either is one compare-and-set, and what it expects has never been in the slot
 * again once it was replaced (I5). So one of them fails, looks again, and is told that this is fired. The winner wrote before its compare-and-set, and the loser reads after having seen what that put
 * there.
 */
@Exercises({"Unfired", "Running", "At rest"})
public class FireAndFire {
    /** Exactly one wins; the other is told, and its value is seen nowhere. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first actor won.")
    @Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "The second actor won.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two winners, none, or the result of the loser.")
    @State
    public static class OneWins {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void first(III_Result r) {
            r.r1 = fire(1);
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = fire(2);
        }

        @Arbiter
        public void look(III_Result r) {
            deferred.addCallback(value -> {
                r.r3 = value;
                return value;
            });
        }

        private int fire(int value) {
            try {
                deferred.callback(value);
                return 1;
            } catch (AlreadyCalledException e) {
                return 0;
            }
        }
    }

    /** One fires with a value and one with an error, and a callback and an errback are there: one of these runs, once. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The value won; the error was refused.")
    @Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "The error won; the value was refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both sides ran, or neither, or the side of the one that was refused.")
    @State
    public static class OneSideRuns {
        private static final Failure ERROR = new Failure(new IllegalStateException("one of two results"));

        private final Deferred<Integer> deferred = new Deferred<>();
        private int callbacks;
        private int errbacks;

        public OneSideRuns() {
            deferred.addCallbacks(value -> ++callbacks, failure -> ++errbacks);
        }

        @Actor
        public void value(III_Result r) {
            try {
                deferred.callback(0);
            } catch (AlreadyCalledException e) {
                r.r3 = 2;
            }
        }

        @Actor
        public void error(III_Result r) {
            try {
                deferred.errback(ERROR);
            } catch (AlreadyCalledException e) {
                r.r3 = 1;
            }
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = callbacks;
            r.r2 = errbacks;
        }
    }

    /** Who is told that it was too late sees the result of the other, and what that wrote before. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The second actor lost, and saw the first one's write.")
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "The first actor lost, and saw the second one's write.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The loser saw no result, or one that was not yet written.")
    @State
    public static class TheLoserSeesTheWinnersWrites {
        private final Deferred<int[]> deferred = new Deferred<>();

        @Actor
        public void first(II_Result r) {
            r.r1 = fire(new int[1], 1);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = fire(new int[1], 2);
        }

        private int fire(int[] box, int value) {
            box[0] = value;
            try {
                deferred.callback(box);
                return 0;
            } catch (AlreadyCalledException e) {
                return deferred.outcome().map(outcome -> outcome.unwrap()[0]).orElse(-1);
            }
        }
    }

    /** The compare-and-set taken apart: a look, and then a write. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "One was late enough to be refused.")
    @Outcome(
            id = "1, 1",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Both looked before either wrote: two winners.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCheckThenSet {
        private volatile boolean fired;

        @Actor
        public void first(II_Result r) {
            r.r1 = fire();
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = fire();
        }

        private int fire() {
            if (fired) {
                return 0;
            }
            fired = true;
            return 1;
        }
    }
}
