// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import io.deferred.DeferredList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two members of one gathering are fired, or one is while the whole is cancelled.
 *
 * <p>Each member's stage writes the result into its own place, does what this decides alone, and then counts down by one atomic operation. So the one who brings the count to zero, and it alone, sees all places, and fires the whole. Whoever
 * decides alone has done so by then, by the compare-and-set that leaves Unfired, and one of them wins. A cancel of the whole is a cancel of its members, one by one.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest", "Inflated"})
public class GatherAndFire {
    /** The whole fires once, has both values, and sees what both have written. */
    @JCStressTest
    @Outcome(id = "1, [1, 2], 3", expect = Expect.ACCEPTABLE, desc = "Both values, once.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value or a write is missing, or it has not fired once.")
    @State
    public static class FiresOnceWithBothValues {
        private final Deferred<Integer> one = new Deferred<>();
        private final Deferred<Integer> two = new Deferred<>();
        private int byOne;
        private int byTwo;
        private int fired;
        private int seen;
        private @Nullable List<Integer> values;

        public FiresOnceWithBothValues() {
            Deferred.gatherResults(one, two).consume(list -> {
                fired++;
                values = list;
                seen = byOne + byTwo;
            });
        }

        @Actor
        public void fireOne() {
            byOne = 1;
            one.callback(1);
        }

        @Actor
        public void fireTwo() {
            byTwo = 2;
            two.callback(2);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = fired;
            r.r2 = String.valueOf(values);
            r.r3 = seen;
        }
    }

    /** A failure decides, whenever the value comes; both stay where they are. */
    @JCStressTest
    @Outcome(id = "first error of 0, Counted, 2", expect = Expect.ACCEPTABLE, desc = "The failure decided.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The failure did not decide, or a member lost its result.")
    @State
    public static class AFailureDecides {
        private final Counted failure = new Counted();
        private final Deferred<Integer> one = new Deferred<>();
        private final Deferred<Integer> two = new Deferred<>();
        private final Deferred<List<Integer>> whole = Deferred.gatherResults(one, two);

        @Actor
        public void failOne() {
            one.errback(failure);
        }

        @Actor
        public void fireTwo() {
            two.callback(2);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = Ends.of(whole);
            r.r2 = Ends.of(one);
            r.r3 = Ends.of(two);
        }
    }

    /** Of two values one decides, and the other stays with its member alone. */
    @JCStressTest
    @Outcome(id = "0 has 1, 1, 2", expect = Expect.ACCEPTABLE, desc = "The first member decided.")
    @Outcome(id = "1 has 2, 1, 2", expect = Expect.ACCEPTABLE, desc = "The second member decided.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody has decided, both have, or a member lost its value.")
    @State
    public static class TheFirstValueDecides {
        private final Deferred<Integer> one = new Deferred<>();
        private final Deferred<Integer> two = new Deferred<>();
        private final Deferred<String> whole = DeferredList.first(
                        List.of(one, two), DeferredList.Option.FIRE_ON_ONE_CALLBACK)
                .addCallback(first -> first instanceof DeferredList.One<Integer> decided
                        ? decided.index() + " has " + decided.value()
                        : "none");

        @Actor
        public void fireOne() {
            one.callback(1);
        }

        @Actor
        public void fireTwo() {
            two.callback(2);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = Ends.of(whole);
            r.r2 = Ends.of(one);
            r.r3 = Ends.of(two);
        }
    }

    /** The cancel of the whole reaches the member that is pending, whatever becomes of the one that is just fired. */
    @JCStressTest
    @Outcome(id = "first error of 0, cancelled, cancelled", expect = Expect.ACCEPTABLE, desc = "The cancel came first.")
    @Outcome(id = "first error of 1, 1, cancelled", expect = Expect.ACCEPTABLE, desc = "The value came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A member was passed over, or the whole has not ended by it.")
    @State
    public static class ACancelReachesTheMembers {
        private final Deferred<Integer> one = new Deferred<>();
        private final Deferred<Integer> two = new Deferred<>();
        private final Deferred<List<Integer>> whole = Deferred.gatherResults(one, two);

        @Actor
        public void fireOne() {
            one.callback(1);
        }

        @Actor
        public void cancel() {
            whole.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = Ends.of(whole);
            r.r2 = Ends.of(one);
            r.r3 = Ends.of(two);
        }
    }

    /** The count is read, and then written. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "One of the two was the last.")
    @Outcome(
            id = "0",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Both have counted from two to one: it never fires.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have read zero in the end: it fires twice.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByReadThenCount {
        private volatile int missing = 2;
        private int byOne; // each has its own
        private int byTwo;

        @Actor
        public void fireOne() {
            byOne = ended();
        }

        @Actor
        public void fireTwo() {
            byTwo = ended();
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // the very fault
        private int ended() {
            missing--;
            return missing == 0 ? 1 : 0;
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = byOne + byTwo;
        }
    }

    /** A member is counted, and decides then. */
    @JCStressTest
    @Outcome(id = "failure", expect = Expect.ACCEPTABLE, desc = "The failure decided.")
    @Outcome(
            id = "values",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The other one was the last, and fired before the failure: a list with a failure in it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCountThenDecide {
        private final AtomicInteger missing = new AtomicInteger(2);
        private final AtomicReference<String> whole = new AtomicReference<>("pending");

        @Actor
        public void failOne() {
            missing.decrementAndGet();
            whole.compareAndSet("pending", "failure");
        }

        @Actor
        public void fireTwo() {
            if (missing.decrementAndGet() == 0) {
                whole.compareAndSet("pending", "values");
            }
        }

        @Arbiter
        public void look(L_Result r) {
            r.r1 = whole.get();
        }
    }
}
