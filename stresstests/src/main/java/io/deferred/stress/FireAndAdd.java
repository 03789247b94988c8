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
 * One thread fires, another adds a callback.
 *
 * <p>Who adds first to one that is Unfired makes it Changing while it writes the two fields, and who fires waits for the end of that. Who adds to one that is Running puts a stage on top of the
 * Thread, and the owner cannot come to rest before it has taken that (I4): its compare-and-set from the Thread fails. Who adds to one At rest makes it Running itself. In each case callback and
 * result are handed over through the slot, so the callback sees what the one who fired wrote, and what the callback before it wrote.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest"})
public class FireAndAdd {
    /** Whoever runs the callback, it runs once, and sees what was written before the firing. */
    @JCStressTest
    @Outcome(id = "1, 42", expect = Expect.ACCEPTABLE, desc = "It ran once, with what was written before.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It did not run, ran twice, or did not see the write.")
    @State
    public static class ItRunsOnceAndSeesTheFirersWrites {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int written;
        private int runs;
        private int seen;

        @Actor
        public void fire() {
            written = 42;
            deferred.callback(1);
        }

        @Actor
        public void add() {
            deferred.tap(value -> {
                runs += value;
                seen = written;
            });
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = runs;
            r.r2 = seen;
        }
    }

    /** A callback that is added meanwhile comes after the one that was there, and sees its result and what it wrote. */
    @JCStressTest
    @Outcome(
            id = "2, 42",
            expect = Expect.ACCEPTABLE,
            desc = "The second one was given the first one's result, and saw its write.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The second one ran first, or not at all, or did not see the write.")
    @State
    public static class TheSecondSeesTheFirst {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int written;
        private int given;
        private int seen;

        public TheSecondSeesTheFirst() {
            deferred.addCallback(value -> {
                written = 42;
                return value + 1;
            });
        }

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void add() {
            deferred.tap(value -> {
                given = value;
                seen = written;
            });
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = given;
            r.r2 = seen;
        }
    }

    /** Result and callback each in a field of its own: each side looks for the other's, and then writes its own. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "One of the two saw what the other had written.")
    @Outcome(
            id = "0",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The callback is stranded: there was no result yet, and then no callback yet.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCheckThenAdd {
        private volatile boolean fired;
        private volatile @Nullable Runnable callback;
        private int runs;

        @Actor
        public void fire() {
            Runnable added = callback;
            fired = true;
            if (added != null) {
                added.run();
            }
        }

        @Actor
        public void add() {
            Runnable count = () -> runs++;
            if (fired) {
                count.run();
            } else {
                callback = count;
            }
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = runs;
        }
    }
}
