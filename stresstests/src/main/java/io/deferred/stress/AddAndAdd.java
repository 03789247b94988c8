// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Two threads add callbacks, each two: 1 and 2, and 3 and 4.
 *
 * <p>A stage goes on top of what the slot holds, be that Unfired or Running, and the compare-and-set fails if another one has come there first: none is lost. They are taken off all at once and
 * then reversed (I3), so the two of one thread keep their order. Only the thread in the slot runs them (I1), one after the other, so the digits that they write into a plain field are all there, and
 * none begins before the one before has ended.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest"})
public class AddAndAdd {
    private static final String ALL = "Each ran once, and those of one thread in the order of their adding.";
    private static final String NOT_ALL =
            "One was lost or ran twice, two of one thread changed places, or two ran at a time.";

    /** Callbacks that write down their numbers, and whether one began within another. */
    private static final class Journal {
        private int order;
        private int within;
        private boolean inside;

        void add(Deferred<Integer> deferred, int number) {
            deferred.tap(value -> run(number));
        }

        void run(int number) {
            if (inside) {
                within = 1;
            }
            inside = true;
            order = 10 * order + number;
            inside = false;
        }

        void showOn(II_Result r) {
            r.r1 = order;
            r.r2 = within;
        }
    }

    /** They are added to one that is fired later. */
    @JCStressTest
    @Outcome(
            id = {"1234, 0", "1324, 0", "1342, 0", "3124, 0", "3142, 0", "3412, 0"},
            expect = Expect.ACCEPTABLE,
            desc = ALL)
    @Outcome(expect = Expect.FORBIDDEN, desc = NOT_ALL)
    @State
    public static class BeforeTheFiring {
        private final Deferred<Integer> deferred = new Deferred<>();
        private final Journal journal = new Journal();

        @Actor
        public void first() {
            journal.add(deferred, 1);
            journal.add(deferred, 2);
        }

        @Actor
        public void second() {
            journal.add(deferred, 3);
            journal.add(deferred, 4);
        }

        @Arbiter
        public void fire(II_Result r) {
            deferred.callback(0);
            journal.showOn(r);
        }
    }

    /** They are added to one that is at rest: each thread runs its own, and whatever it finds. */
    @JCStressTest
    @Outcome(
            id = {"1234, 0", "1324, 0", "1342, 0", "3124, 0", "3142, 0", "3412, 0"},
            expect = Expect.ACCEPTABLE,
            desc = ALL)
    @Outcome(expect = Expect.FORBIDDEN, desc = NOT_ALL)
    @State
    public static class AtRest {
        private final Deferred<Integer> deferred = Deferred.succeed(0);
        private final Journal journal = new Journal();

        @Actor
        public void first() {
            journal.add(deferred, 1);
            journal.add(deferred, 2);
        }

        @Actor
        public void second() {
            journal.add(deferred, 3);
            journal.add(deferred, 4);
        }

        @Arbiter
        public void look(II_Result r) {
            journal.showOn(r);
        }
    }

    /** One thread adds its two from inside a callback that is running, and so behind those that came before. */
    @JCStressTest
    @Outcome(
            id = {"1234, 0", "1324, 0", "1342, 0", "3124, 0", "3142, 0", "3412, 0"},
            expect = Expect.ACCEPTABLE,
            desc = ALL)
    @Outcome(expect = Expect.FORBIDDEN, desc = NOT_ALL)
    @State
    public static class FromInsideTheRun {
        private final Deferred<Integer> deferred = new Deferred<>();
        private final Journal journal = new Journal();

        public FromInsideTheRun() {
            deferred.tap(value -> {
                journal.add(deferred, 1);
                journal.add(deferred, 2);
            });
        }

        @Actor
        public void fire() {
            deferred.callback(0);
        }

        @Actor
        public void add() {
            journal.add(deferred, 3);
            journal.add(deferred, 4);
        }

        @Arbiter
        public void look(II_Result r) {
            journal.showOn(r);
        }
    }

    /** Each thread runs its own callback, and nobody is the owner. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "One came after the other.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both ran at a time, and one's write is lost.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedWithoutAnOwner {
        private int runs;

        @Actor
        public void first() {
            runs++;
        }

        @Actor
        public void second() {
            runs++;
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = runs;
        }
    }
}
