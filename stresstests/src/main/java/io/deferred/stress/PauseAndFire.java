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
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Threads pause, take pauses back, and fire.
 *
 * <p>Pauses are counted in the side record, and so one that has ever been paused is Inflated. The owner looks at the count before each callback, makes the pipeline Parked while there is a pause, and then looks at the
 * count once more (I4); who takes the last pause back changes the count first, and then looks for what is Parked. In whatever order these four come, one of the two finds what the other did; and if both do, only
 * one compare-and-set takes the Parked away, which is never put there twice (I5).
 */
@Exercises({"Unfired", "Running", "Parked", "At rest", "Inflated"})
public class PauseAndFire {
    private static Deferred<Integer> paused() {
        Deferred<Integer> deferred = new Deferred<>();
        deferred.pause();
        return deferred;
    }

    /** The last pause is taken back while it fires. */
    @JCStressTest
    @Outcome(
            id = "1, 42",
            expect = Expect.ACCEPTABLE,
            desc = "The callback ran once, and saw what was written before the firing.")
    @Outcome(
            expect = Expect.FORBIDDEN,
            desc = "It is held back although there is no pause, ran twice, or did not see the write.")
    @State
    public static class UnpausedWhileItFires {
        private final Deferred<Integer> deferred = paused();
        private int written;
        private int runs;
        private int seen;

        public UnpausedWhileItFires() {
            deferred.tap(value -> {
                runs++;
                seen = written;
            });
        }

        @Actor
        public void fire() {
            written = 42;
            deferred.callback(1);
        }

        @Actor
        public void unpause() {
            deferred.unpause();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = runs;
            r.r2 = seen;
        }
    }

    /** A pause meets a run of two callbacks. It holds back what has not begun, and nothing is lost by it. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = Expect.ACCEPTABLE, desc = "Both were held back.")
    @Outcome(id = "1, 12", expect = Expect.ACCEPTABLE, desc = "The second one was held back.")
    @Outcome(id = "12, 12", expect = Expect.ACCEPTABLE, desc = "The pause came too late.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One is lost, ran twice, or out of order.")
    @State
    public static class PausedWhileItRuns {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int order;

        public PausedWhileItRuns() {
            deferred.tap(value -> order = 10 * order + 1).tap(value -> order = 10 * order + 2);
        }

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void pause() {
            deferred.pause();
        }

        @Arbiter
        public void unpause(II_Result r) {
            r.r1 = order;
            deferred.unpause();
            r.r2 = order;
        }
    }

    /** Two pauses of one that has fired are taken back by two threads. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The last one to take a pause back ran the callback.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody was the last one, or both were.")
    @State
    public static class UnpausedByTwo {
        private final Deferred<Integer> deferred = paused();
        private int runs;

        public UnpausedByTwo() {
            deferred.pause();
            deferred.tap(value -> runs++).callback(1);
        }

        @Actor
        public void first() {
            deferred.unpause();
        }

        @Actor
        public void second() {
            deferred.unpause();
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = runs;
        }
    }

    /** One is paused again while its last pause is taken back: it is held, or has run, and is never stranded. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The new pause held the callback back.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The callback ran before the new pause.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The callback is lost, or ran twice.")
    @State
    public static class PausedAgain {
        private final Deferred<Integer> deferred = paused();
        private int runs;

        public PausedAgain() {
            deferred.tap(value -> runs++).callback(1);
        }

        @Actor
        public void pause() {
            deferred.pause();
        }

        @Actor
        public void unpause() {
            deferred.unpause();
        }

        @Arbiter
        public void unpauseAgain(II_Result r) {
            r.r1 = runs;
            deferred.unpause();
            r.r2 = runs;
        }
    }

    /** Another callback is added to one that is held, while the last pause is taken back. */
    @JCStressTest
    @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "Both ran, in the order of their adding.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One is stranded or ran twice, or the new one came first.")
    @State
    public static class AddedToWhileUnpaused {
        private final Deferred<Integer> deferred = paused();
        private int order;

        public AddedToWhileUnpaused() {
            deferred.tap(value -> order = 10 * order + 1).callback(1);
        }

        @Actor
        public void add() {
            deferred.tap(value -> order = 10 * order + 2);
        }

        @Actor
        public void unpause() {
            deferred.unpause();
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = order;
        }
    }

    /** Who parks does not look at the pauses once more. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The pause was gone before, or what was parked was found.")
    @Outcome(
            id = "0",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The pause was taken back before anything was parked: the callback is stranded.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByNoSecondLook {
        private volatile boolean paused = true;
        private volatile @Nullable Runnable parked;
        private int runs;

        @Actor
        public void fire() {
            Runnable callback = () -> runs++;
            if (paused) {
                parked = callback;
            } else {
                callback.run();
            }
        }

        @Actor
        public void unpause() {
            paused = false;
            Runnable found = parked;
            if (found != null) {
                found.run();
            }
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = runs;
        }
    }
}
