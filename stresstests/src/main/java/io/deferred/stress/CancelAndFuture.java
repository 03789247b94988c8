// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Deferred;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A bridge to or from a future of the JDK: one end is given the value, the other one is cancelled.
 *
 * <p>Two objects, each with a compare-and-set of its own, can disagree. What they cannot do is lose the value: the one that is given it and cannot keep it, because it was cancelled (a Deferred that is Inflated and At
 * rest, a future that is complete), hands it to the one who is to dispose of late results.
 */
@Exercises({"Unfired", "Changing", "Running", "At rest", "Inflated"})
public class CancelAndFuture {
    /** The future of a Deferred is cancelled while the Deferred fires. */
    @JCStressTest
    @Outcome(id = "false, 1, 0", expect = Expect.ACCEPTABLE, desc = "The future has the value.")
    @Outcome(id = "true, cancelled, 1", expect = Expect.ACCEPTABLE, desc = "The value was disposed of.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The value is lost, or is there twice.")
    @State
    public static class TheValueIsInTheFutureOrDisposedOf {
        private int late;
        private final Deferred<Integer> deferred = new Deferred<Integer>().onLateResult(value -> late += value);
        private final CompletableFuture<Integer> future = deferred.toCompletableFuture();

        @Actor
        public void fire() {
            deferred.callback(1);
        }

        @Actor
        public void cancel(LLL_Result r) {
            r.r1 = future.cancel(true);
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r2 = future.isCancelled() ? "cancelled" : String.valueOf(future.getNow(null));
            r.r3 = late;
        }
    }

    /** The Deferred of a future is cancelled while the future completes. */
    @JCStressTest
    @Outcome(id = "1, false, 0", expect = Expect.ACCEPTABLE, desc = "The Deferred has the value.")
    @Outcome(id = "cancelled, true, 0", expect = Expect.ACCEPTABLE, desc = "The cancel went through to the future.")
    @Outcome(
            id = "cancelled, false, 1",
            expect = Expect.ACCEPTABLE,
            desc = "The value was on its way, and was disposed of.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The value is lost, or is there twice.")
    @State
    public static class TheValueIsInTheDeferredOrDisposedOf {
        private int late;
        private final CompletableFuture<Integer> future = new CompletableFuture<>();
        private final Deferred<Integer> deferred =
                Deferred.<Integer>fromStage(future).onLateResult(value -> late += value);

        @Actor
        public void complete() {
            future.complete(1);
        }

        @Actor
        public void cancel() {
            deferred.cancel();
        }

        @Arbiter
        public void look(LLL_Result r) {
            r.r1 = Ends.of(deferred);
            r.r2 = future.isCancelled();
            r.r3 = late;
        }
    }
}
