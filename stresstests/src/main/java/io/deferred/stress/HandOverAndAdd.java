// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The run of the inner one comes to the stage of the outer one, which waits for it, goes on with that, and is to come back for the rest; meanwhile another thread adds to the inner one.
 *
 * <p>The thread makes the outer one Running before it lets go of the inner one, which is Parked with the rest of its queue as long as the outer one runs. Who adds to one that is Parked and not
 * held owns it, if its compare-and-set is the one that took the Parked away, and runs the rest before its own. When the first thread comes back and finds another state than the one it left, it
 * has nothing to do (I4, I5). So the inner one's callbacks run in order and one at a time (I1, I3), whoever runs them.
 */
@Exercises({"Waiting", "Running", "Parked", "At rest"})
public class HandOverAndAdd {
    /** The rest of the inner one is run once, by the thread that came back or by the one that added. */
    @JCStressTest
    @Outcome(
            id = "1234, 0, 7",
            expect = Expect.ACCEPTABLE,
            desc = "The inner one's own callbacks ran in order; the outer one has the result.")
    @Outcome(
            expect = Expect.FORBIDDEN,
            desc =
                    "Of the inner one's callbacks one is lost, ran twice, too early or with the result; or the outer one has none.")
    @State
    public static class TheRestRunsOnceInOrder {
        private final Deferred<Integer> inner = new Deferred<>();
        private int order;
        private int left;
        private int given;

        public TheRestRunsOnceInOrder() {
            Deferred.succeed(1).chainCallback(value -> inner).tap(value -> given = value);
            add(1);
        }

        private void note(int number, @Nullable Object value) {
            order = 10 * order + number;
            if (value != null) {
                left++;
            }
        }

        @Actor
        public void fire() {
            inner.callback(7);
        }

        @Actor
        public void add() {
            // Before the firing the new ones would only be the last in the queue.
            for (int i = 0; i < 50 && !inner.called(); i++) {
                Thread.onSpinWait();
            }
            for (int i = 2; i <= 4; i++) {
                add(i);
            }
        }

        private void add(int number) {
            inner.tap(value -> note(number, value));
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = order;
            r.r2 = left;
            r.r3 = given;
        }
    }

    /** Who comes back does not look whether the rest is still there. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "One of the two found it gone.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both took the rest, and ran it twice.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByCheckThenTake {
        private final AtomicInteger runs = new AtomicInteger();
        private volatile boolean parked = true;

        @Actor
        public void comeBack() {
            take();
        }

        @Actor
        public void add() {
            take();
        }

        private void take() {
            if (parked) {
                parked = false;
                runs.incrementAndGet();
            }
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = runs.get();
        }
    }
}
