// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import io.deferred.UnhandledFailures;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A pipeline ends in a failure, and one thread has the unhandled ones reported while another adds an errback.
 *
 * <p>Who adds the errback leaves At rest by a compare-and-set, and ends the watch if it sees one; who makes the watch publishes it, and then looks whether the failure is still At rest. Each writes first and looks
 * afterwards, so one of them sees the other. A watch is made, ended and reported under one monitor, so there is one report or none. Whatever the errback ends with is a failure of its own, and its watch takes the place of an older one.
 */
@Exercises({"Unfired", "Running", "At rest", "Inflated"})
public class ReportAndHandle {
    /** Whether it is reported or not, the errback gets the failure; and it is not reported twice. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It was handled in time.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It was reported, and then handled.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The errback was not called once, or there were two reports.")
    @State
    public static class HandledAndAtMostOnceReported {
        private final Counted failure = new Counted();
        private final Deferred<Integer> deferred = new Deferred<>();
        private int handled;

        @Actor
        public void failAndReport() {
            deferred.errback(failure);
            UnhandledFailures.reportNow();
        }

        @Actor
        public void handle() {
            deferred.handle(f -> handled++);
        }

        @Arbiter
        public void look(II_Result r) {
            UnhandledFailures.reportNow();
            r.r1 = handled;
            r.r2 = failure.reports();
        }
    }

    /** An errback that fails is reported itself, even if the report of what it handled is just being made. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The first failure was handled in time.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The first failure was reported, too.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A failure was lost, or reported twice.")
    @State
    public static class TheFailureOfTheErrbackIsReportedOnce {
        private final Counted first = new Counted();
        private final Counted second = new Counted();
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void failAndReport() {
            deferred.errback(first);
            UnhandledFailures.reportNow();
        }

        @Actor
        public void failAgainAndReport() {
            deferred.addErrback(f -> {
                throw second;
            });
            UnhandledFailures.reportNow();
        }

        @Arbiter
        public void look(II_Result r) {
            UnhandledFailures.reportNow();
            r.r1 = first.reports();
            r.r2 = second.reports();
        }
    }

    /** Who makes a watch does not look at the failure once more. */
    @JCStressTest
    @Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "There is no watch, or it was found and ended.")
    @Outcome(
            id = "true",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The watch came when the failure had been handled: a report of nothing is to be made.")
    @State
    public static class WeakenedByNoSecondLook {
        private volatile boolean failed = true;
        private volatile boolean watched;

        @Actor
        public void watch() {
            if (failed) {
                watched = true;
            }
        }

        @Actor
        public void handle() {
            failed = false;
            if (watched) {
                watched = false;
            }
        }

        @Arbiter
        public void look(Z_Result r) {
            r.r1 = watched;
        }
    }
}
