// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * One thread fires a Deferred that has a time-out, another moves the clock past it.
 *
 * <p>The timer's call and the stage of the time-out go by one compare-and-set of a field of their own. If the stage is first, the call does nothing. If the call is first, its cancel meets the pipeline Unfired
 * (and fires it), Running (and is left with the run, where the stage takes it back), or past all that; the stage lets nothing go by while a cancel of its own is still under way. So no cancel of a time-out
 * goes further than to its stage.
 */
@Exercises({"Unfired", "Changing", "Running", "Waiting", "At rest", "Inflated"})
public class FireAndTimeout {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** There is a value or a TimeoutException, never a bare cancellation, and the clock is rid of the call. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The value was in time.")
    @Outcome(id = "timed out, 0", expect = Expect.ACCEPTABLE, desc = "The value was late, and taken without a word.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel shows, there is no outcome, or the timer is still armed.")
    @State
    public static class TheValueOrTheTimeout {
        private final VirtualClock clock = new VirtualClock();
        private final Deferred<Integer> deferred = new Deferred<Integer>().addTimeout(TIMEOUT, clock);

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void advance() {
            clock.advance(TIMEOUT);
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r1 = Ends.of(deferred);
            r.r2 = clock.delayedCalls().size();
        }
    }

    /** What the pipeline does after the time-out's stage is not limited by it. */
    @JCStressTest
    @Outcome(id = "pending, false, true", expect = Expect.ACCEPTABLE, desc = "In time: it waits for what comes later.")
    @Outcome(id = "-1, false, false", expect = Expect.ACCEPTABLE, desc = "Too late: it has not come so far.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The cancel went past its stage, or was lost.")
    @State
    public static class TheCancelStopsAtItsStage {
        private final VirtualClock clock = new VirtualClock();
        private final Deferred<Integer> later = new Deferred<>();
        private final Deferred<Integer> deferred = new Deferred<>();
        private final Deferred<Integer> end = deferred.tap(value -> {})
                .addTimeout(TIMEOUT, clock)
                .addErrback(TimeoutException.class, e -> -1)
                .chainCallback(value -> value < 0 ? Deferred.succeed(value) : later);

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void advance() {
            clock.advance(TIMEOUT);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = later.called();
            r.r3 = end.waitingFor().isPresent();
            r.r1 = Ends.of(end);
        }
    }

    /** The call looks whether the stage has passed, and the stage whether the call was made. */
    @JCStressTest
    @Outcome(id = "in time", expect = Expect.ACCEPTABLE, desc = "The stage came first.")
    @Outcome(id = "timed out", expect = Expect.ACCEPTABLE, desc = "The timer came first.")
    @Outcome(
            id = "both",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The value went by, and what came after it was cancelled.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The model itself is wrong.")
    @State
    public static class WeakenedByLookThenStrike {
        private volatile boolean passed;
        private volatile boolean struck;

        @Actor
        public void stage() {
            if (!struck) {
                passed = true;
            }
        }

        @Actor
        public void timer() {
            if (!passed) {
                struck = true;
            }
        }

        @Arbiter
        public void look(L_Result r) {
            r.r1 = !struck ? "in time" : passed ? "both" : "timed out";
        }
    }
}
