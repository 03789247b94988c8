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

/**
 * Somebody adds to one in the middle of a long row, which has been left out of the waiting, or is just being left out.
 *
 * <p>Who leaves it out changes its slot from Waiting to Left out by a compare-and-set, which fails if something was added; and only the one with the right to resume it may (I2). Who adds finds it
 * Left out, and has it put back: Waiting again, at its place in the row. The result comes by under the same monitor, so it sees each that was put back before, and nobody is put back after. From then on the state is settled
 * in Taken by whoever looks first: Changing while left and right are cleared, and slot before fields (I6), so that who reads the fields and finds the slot unchanged has read what belonged together.
 */
@Exercises({"Waiting", "Left out", "Changing", "At rest"})
public class LeftOutAndAdd {
    /** The result comes by at the same time. */
    @JCStressTest
    @Outcome(
            id = "1, 0, 7",
            expect = Expect.ACCEPTABLE,
            desc = "The late callback ran once, with null; the outermost one has the result.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It did not run, or twice, or took the result away.")
    @State
    public static class WhileTheResultComesBy {
        private final LongRow row = new LongRow().shorten();
        private int runs;
        private int given;
        private int outermost;

        public WhileTheResultComesBy() {
            row.outermost().tap(value -> outermost = value);
        }

        @Actor
        public void fire() {
            row.inner.callback(7);
        }

        @Actor
        public void add() {
            row.middle().tap(this::run);
        }

        private void run(@Nullable Integer value) {
            runs++;
            given = value == null ? 0 : value;
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = runs;
            r.r2 = given;
            r.r3 = outermost;
        }
    }

    /** It is being left out at the same time: one thread goes inwards and adds, the other comes outwards and leaves out. */
    @JCStressTest
    @Outcome(
            id = "0, 20, 7",
            expect = Expect.ACCEPTABLE,
            desc =
                    "When the result came by all late callbacks ran once, with null, outer ones first; the outermost one has the result.")
    @Outcome(
            expect = Expect.FORBIDDEN,
            desc = "One did not run, or twice, or too early, or the outermost one did not get the result.")
    @State
    public static class WhileItIsLeftOut {
        private static final int LATE = 20;

        private final LongRow row = new LongRow();
        private int inOrder;
        private int outermost;

        public WhileItIsLeftOut() {
            row.outermost().tap(value -> outermost = value);
        }

        @Actor
        public void shorten() {
            row.shorten();
        }

        @Actor
        public void add() {
            int number = 0;
            for (Deferred<Integer> turn : row.innermost(LATE)) {
                addTo(turn, number++);
            }
        }

        private void addTo(Deferred<Integer> turn, int number) {
            turn.tap(value -> inOrder += value == null && inOrder == number ? 1 : LATE);
        }

        @Arbiter
        public void fire(III_Result r) {
            r.r1 = inOrder;
            row.inner.callback(7);
            r.r2 = inOrder;
            r.r3 = outermost;
        }
    }

    /** Two are put back at the same time, and are neighbors. */
    @JCStressTest
    @Outcome(
            id = "12, 7",
            expect = Expect.ACCEPTABLE,
            desc = "Each ran once, the outer one first, and the outermost one has the result.")
    @Outcome(
            expect = Expect.FORBIDDEN,
            desc = "One is lost, or they are not at their places, or the outermost one did not get the result.")
    @State
    public static class NextToAnother {
        private final LongRow row = new LongRow().shorten();
        private int order;
        private int outermost;

        public NextToAnother() {
            row.outermost().tap(value -> outermost = value);
        }

        @Actor
        public void first() {
            row.middle().tap(value -> order = 10 * order + 1);
        }

        @Actor
        public void second() {
            row.besideTheMiddle().tap(value -> order = 10 * order + 2);
        }

        @Arbiter
        public void fire(II_Result r) {
            row.inner.callback(7);
            r.r1 = order;
            r.r2 = outermost;
        }
    }

    /** The slot is looked at once, and the field that belongs to it is read afterwards. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The old slot, and its field.")
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "The new slot, and its field.")
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The field does not belong to the slot, and no second look tells.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByOneLook {
        private volatile int slot = 1;
        private int field = 1;

        @Actor
        public void settle() {
            slot = 2;
            field = 2;
        }

        @Actor
        public void read(II_Result r) {
            r.r1 = slot;
            r.r2 = field;
        }
    }
}
