// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.Outcome;
import io.deferred.bench.Step;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kotlin.Unit;
import org.jdeferred2.AlwaysCallback;
import reactor.core.publisher.SignalType;
import scala.Function1;
import scala.util.Try;

/** A scenario whose functions look at both outcomes, change nothing, and count themselves. */
abstract class Ensuring extends Subscribing {
    private int calls;

    final Consumer<Outcome<Step>> observer = outcome -> calls++;
    final BiConsumer<Object, Throwable> valueAndError = (value, error) -> calls++;
    final Runnable runnable = () -> calls++;
    final com.stumbleupon.async.Callback<Step, Step> asyncBoth = value -> {
        calls++;
        return value;
    };
    final io.vertx.core.Handler<io.vertx.core.AsyncResult<Step>> vertxHandler = result -> calls++;
    final GenericFutureListener<io.netty.util.concurrent.Future<Step>> nettyListener = future -> calls++;
    final Function1<Try<Step>, Try<Step>> scalaFunction = result -> {
        calls++;
        return result;
    };
    final Consumer<SignalType> signalConsumer = signal -> calls++;
    final io.reactivex.rxjava3.functions.Action rxAction = () -> calls++;
    final kotlin.jvm.functions.Function1<Throwable, Unit> kotlinHandler = error -> {
        calls++;
        return Unit.INSTANCE;
    };
    final AlwaysCallback<Step, Throwable> alwaysCallback = (state, value, error) -> calls++;

    @Override
    public Object expected() {
        return Step.START;
    }

    /** This value, if the functions were called SIZE times since the last time. */
    final Object counted(Object value) {
        return counted(value, SIZE);
    }

    /** This value, if the functions were called so many times since the last time. */
    final Object counted(Object value, int times) {
        int counted = calls;
        calls = 0;
        return counted == times ? value : counted + " calls of " + times;
    }
}
