// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.Callback;
import io.deferred.Failure;
import io.deferred.bench.Step;
import java.util.function.Function;
import scala.runtime.AbstractPartialFunction;

/** A scenario in which one failure is passed by all functions but the last, which handles it. */
abstract class Failing extends Subscribing {
    @SuppressWarnings("StaticAssignmentOfThrowable") // to make one is not what is measured
    static final RuntimeException ERROR = new IllegalStateException("a failure on its way");

    static final Step HANDLED = Step.after(1);
    private static final io.trane.future.Future<Step> TRANE_HANDLED = Fired.trane(HANDLED);

    static final Callback<Failure, Step> ERRBACK = failure -> HANDLED;
    static final Function<Throwable, Step> FUNCTION = error -> HANDLED;
    static final Function<Throwable, io.trane.future.Future<Step>> TRANE = error -> TRANE_HANDLED;
    static final com.stumbleupon.async.Callback<Step, Throwable> ASYNC = error -> HANDLED;
    static final com.google.common.base.Function<Throwable, Step> GUAVA = error -> HANDLED;
    static final scala.PartialFunction<Throwable, Step> SCALA = new ScalaHandler();
    static final io.reactivex.rxjava3.functions.Function<Throwable, Step> RX = error -> HANDLED;

    private static final class ScalaHandler extends AbstractPartialFunction<Throwable, Step> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean isDefinedAt(Throwable error) {
            return true;
        }

        @Override
        public <A1 extends Throwable, B1> B1 applyOrElse(A1 error, scala.Function1<A1, B1> otherwise) {
            @SuppressWarnings("unchecked") // a wider type than Step
            B1 handled = (B1) HANDLED;
            return handled;
        }
    }

    @Override
    public Object expected() {
        return HANDLED;
    }
}
