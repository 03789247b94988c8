// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Cancellation;
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
 * Two threads need the side record of one Deferred, or one needs it and the other changes the state.
 *
 * <p>The record is made with the state in it, and put into the slot by a compare-and-set from just that state: of two records one is dropped before anybody has written into it, and a change of
 * state that came between makes it fail. One that is Changing is waited for. From then on it is Inflated for ever, and every change goes to the record. What is rarer is made in turn
 * under the record's monitor.
 */
@Exercises({"Unfired", "Changing", "Running", "Inflated"})
public class InflateAndInflate {
    private static final String LABEL = "a label";

    private static int labelled(Deferred<?> deferred) {
        return deferred.toString().contains(LABEL) ? 1 : 0;
    }

    /** A label and a pause: both stand in the record itself, or below it. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One went into a record that was dropped.")
    @State
    public static class LabelAndPause {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void label() {
            deferred.named(LABEL);
        }

        @Actor
        public void pause() {
            deferred.pause();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = labelled(deferred);
            r.r2 = deferred.paused() ? 1 : 0;
        }
    }

    /** A label and a handler of late results: both need what is rarer still. */
    @JCStressTest
    @Outcome(id = "1, 5", expect = Expect.ACCEPTABLE, desc = "Both are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One went into an object that was dropped.")
    @State
    public static class LabelAndHandlerOfLateResults {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int late;

        @Actor
        public void label() {
            deferred.named(LABEL);
        }

        @Actor
        public void handler() {
            deferred.onLateResult(value -> late = value);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = labelled(deferred);
            deferred.cancel();
            deferred.callback(5);
            deferred.handle(failure -> {});
            r.r2 = late;
        }
    }

    /** A label and a cancel, which has to remember that one late result is to be taken without a word. */
    @JCStressTest
    @Outcome(
            id = "1, 1, 1",
            expect = Expect.ACCEPTABLE,
            desc = "The label is there, the cancel was what fired it, and the late result was taken.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The label is lost, or the cancel, or what it has to remember.")
    @State
    public static class LabelAndCancel {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void label() {
            deferred.named(LABEL);
        }

        @Actor
        public void cancel(III_Result r) {
            r.r2 = deferred.cancel() == Cancellation.FAILED ? 1 : 0;
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = labelled(deferred);
            deferred.callback(5);
            r.r3 = 1;
            deferred.handle(failure -> {});
        }
    }

    /** A pause, while two callbacks are added. */
    @JCStressTest
    @Outcome(
            id = "0, 12",
            expect = Expect.ACCEPTABLE,
            desc = "Nothing ran as long as it was paused; then both did, in order.")
    @Outcome(
            expect = Expect.FORBIDDEN,
            desc = "The pause is lost, or a callback that went into the slot when the record took its place.")
    @State
    public static class PauseAndAdd {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int order;

        @Actor
        public void pause() {
            deferred.pause();
        }

        @Actor
        public void add() {
            deferred.tap(value -> order = 10 * order + 1).tap(value -> order = 10 * order + 2);
        }

        @Arbiter
        public void fire(II_Result r) {
            deferred.callback(1);
            r.r1 = order;
            deferred.unpause();
            r.r2 = order;
        }
    }

    /** Each makes a record if there is none, and writes into the one that it has. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "One found the record of the other.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Both made one, and what was written into the first is lost.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCheckThenMake {
        private volatile int @Nullable [] record;

        @Actor
        public void first() {
            record()[0] = 1;
        }

        @Actor
        public void second() {
            record()[1] = 1;
        }

        private int[] record() {
            int[] made = record;
            if (made == null) {
                made = new int[2];
                record = made;
            }
            return made;
        }

        @Arbiter
        public void look(II_Result r) {
            int[] last = record();
            r.r1 = last[0];
            r.r2 = last[1];
        }
    }
}
