// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.AlreadyCalledException;
import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Outcome.Failed;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/**
 * Somebody cancels one in the middle of a long row, which has been left out of the waiting, or is just being left out.
 *
 * <p>One that is Left out knows the row that it is out of, and by that the one for which the row really waits; a cancel goes there. Whom it waits for is read between two looks at the slot, and
 * believed if that has not changed (I5, I6). A cancel that meets the run in which it is left out stays there as a stage on top of the Thread, and goes on to whatever that run waits for.
 */
@Exercises({"Unfired", "Running", "Waiting", "Left out", "Changing", "Inflated"})
public class LeftOutAndCancel {
    private static final int CANCELLED = -1;

    /** The end of one that has come to it; a failure is handled. */
    private static int endOf(Deferred<Integer> deferred) {
        int end = deferred.outcome()
                .map(outcome -> outcome instanceof Failed<Integer> failed ? cancelled(failed) : outcome.unwrap())
                .orElse(0);
        deferred.handle(failure -> {});
        return end;
    }

    private static int cancelled(Failed<Integer> failed) {
        return failed.failure().check(CancelledException.class).isPresent() ? CANCELLED : CANCELLED - 1;
    }

    /** The result comes by at the same time. The last number is how often the inner one's canceller was called. */
    @JCStressTest
    @Outcome(id = "NOTHING_TO_STOP, 7, 0", expect = Expect.ACCEPTABLE, desc = "The result had come by.")
    @Outcome(id = "PASSED_ON, 7, 0", expect = Expect.ACCEPTABLE, desc = "It met the run that brought the result.")
    @Outcome(id = "PASSED_ON, 7, 1", expect = Expect.ACCEPTABLE, desc = "The result came while the canceller ran.")
    @Outcome(id = "PASSED_ON, -1, 1", expect = Expect.ACCEPTABLE, desc = "It reached the inner one in time.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It went astray, or the outermost one did not come to an end.")
    @State
    public static class WhileTheResultComesBy {
        private int cancels;
        private final LongRow row = new LongRow(self -> cancels++).shorten();

        @Actor
        public void fire() {
            try {
                row.inner.callback(7);
            } catch (AlreadyCalledException e) {
                // the cancel was first
            }
        }

        @Actor
        public void cancel(LII_Result r) {
            r.r1 = row.middle().cancel();
        }

        @Arbiter
        public void look(LII_Result r) {
            r.r2 = endOf(row.outermost());
            r.r3 = cancels;
        }
    }

    /** It is being left out at the same time. The last number is how often the inner one's canceller was called. */
    @JCStressTest
    @Outcome(
            id = "PASSED_ON, -1, 0",
            expect = Expect.ACCEPTABLE,
            desc = "It reached the last turn before that had fired.")
    @Outcome(
            id = "PASSED_ON, -1, 1",
            expect = Expect.ACCEPTABLE,
            desc = "It reached the inner one, by the row or by the run that began to wait for it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost, or went astray.")
    @State
    public static class WhileItIsLeftOut {
        private int cancels;
        private final LongRow row = new LongRow(self -> cancels++);

        @Actor
        public void shorten() {
            row.shorten();
        }

        @Actor
        public void cancel(LII_Result r) {
            r.r1 = row.innermost(1).get(0).cancel();
        }

        @Arbiter
        public void look(LII_Result r) {
            r.r2 = endOf(row.outermost());
            r.r3 = cancels;
        }
    }
}
