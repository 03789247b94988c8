// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * One thread fires a Deferred, another forks it or has to do with the fork.
 *
 * <p>A fork is a stage that fires a second pipeline by the compare-and-set that any firer goes by, and leaves the result of its own as it is. It is run by whoever is the owner when its turn comes (I1, I3): the
 * firer, or the one who forks. What the second pipeline runs then, it runs as its own owner.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest", "Inflated"})
public class ForkAndFire {
    /** Both have the value, and the callbacks of both see what was written before it. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The value here and there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One of them has no value, or a stale field was seen.")
    @State
    public static class BothHaveTheValue {
        private final Deferred<Integer> deferred = new Deferred<>();
        private int written;
        private int ofFork;
        private int seen;

        @Actor
        public void fire() {
            written = 1;
            deferred.callback(1);
        }

        @Actor
        public void fork() {
            deferred.fork().consume(value -> {
                ofFork = value;
                seen = written;
            });
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = ofFork;
            r.r2 = seen;
            deferred.consume(value -> r.r3 = value);
        }
    }

    /** A cancel of the fork does not touch what it was forked from. */
    @JCStressTest
    @Outcome(id = "FAILED, cancelled, 1", expect = Expect.ACCEPTABLE, desc = "The cancel came first.")
    @Outcome(id = "PASSED_ON, 1, 1", expect = Expect.ACCEPTABLE, desc = "The cancel met the callbacks of the fork.")
    @Outcome(id = "NOTHING_TO_STOP, 1, 1", expect = Expect.ACCEPTABLE, desc = "The value came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel went through, or the fork has no outcome.")
    @State
    public static class ACancelStopsAtTheFork {
        private final Deferred<Integer> deferred = new Deferred<>();
        private final Deferred<Integer> fork = deferred.fork().tap(value -> {});

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            r.r1 = fork.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = Ends.of(fork);
            r.r3 = Ends.of(deferred);
        }
    }

    /** So many have been cancelled that the next fork takes them out of the stages, and puts the living on in new ones. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "All that live have the value.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One of them was lost on the way, or has it twice.")
    @State
    public static class TheLivingAreKept {
        private static final int CANCELLED = 16;

        private final Deferred<Integer> deferred = new Deferred<>();
        private int early;
        private int late;

        /** One that lives below those that do not, which are as many as go unseen. */
        public TheLivingAreKept() {
            var unused = deferred.fork();
            deferred.fork().consume(value -> early += value);
            for (int i = 0; i < CANCELLED; i++) {
                Deferred<Integer> gone = deferred.fork();
                gone.handle(failure -> {});
                gone.cancel();
            }
        }

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void fork() {
            deferred.fork().consume(value -> late += value);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = early;
            r.r2 = late;
            deferred.consume(value -> r.r3 = value);
        }
    }
}
