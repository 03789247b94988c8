// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import static io.deferred.bench.own.Parts.EXCEPTION;
import static io.deferred.bench.own.Parts.VALUE;

import io.deferred.Callback;
import io.deferred.Canceller;
import io.deferred.Deferred;
import io.deferred.Outcome;
import io.deferred.Scheduler;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the further methods of a Deferred add to it; it is given, unfired, and is fired in the end. */
final class Extras {
    private static final Canceller<String> CANCELLER = self -> {};

    @SuppressWarnings("UnnecessaryLambda") // a method reference at each place would be counted
    private static final Consumer<Object> OBSERVER = v -> {};

    private static final Callback<Outcome<String>, String> BOTH = o -> VALUE;
    private static final Callback<Exception, String> EXCEPTION_HANDLER = e -> VALUE;
    private static final Executor DIRECT = Runnable::run;
    private static final Duration HOUR = Duration.ofHours(1);

    private Extras() {}

    static Stream<Work<?>> works() {
        Scheduler system = Scheduler.system();
        Scheduler virtual = new VirtualClock();
        return Parts.works(
                Work.of("new-with-canceller", () -> new Deferred<>(CANCELLER)),
                added("named", d -> d.named(VALUE)),
                added("late-result", d -> d.onLateResult(OBSERVER)),
                added("pause-unpause", d -> {
                    d.pause();
                    d.unpause();
                    return d;
                }),
                added("continue-on", d -> d.continueOn(DIRECT)),
                added("timeout-system", d -> d.addTimeout(HOUR, system)),
                added("timeout-virtual", d -> d.addTimeout(HOUR, virtual)),
                added("tap", d -> d.tap(OBSERVER)),
                added("tap-both", d -> d.tapBoth(OBSERVER)),
                added("add-both", d -> d.addBoth(BOTH)),
                Work.given("typed-errback", Deferred<String>::new, d -> {
                    d.addErrback(Exception.class, EXCEPTION_HANDLER);
                    d.errback(EXCEPTION);
                    return d;
                }),
                added("fork", Deferred::fork),
                Work.given("chain-deferred", Deferred<String>::new, d -> {
                    Deferred<String> other = new Deferred<>();
                    d.chainDeferred(other);
                    d.callback(VALUE);
                    return other;
                }),
                Work.given("to-completable-future", Deferred<String>::new, d -> {
                    CompletableFuture<String> future = d.toCompletableFuture();
                    d.callback(VALUE);
                    return future;
                }),
                Work.given("from-stage", CompletableFuture<String>::new, stage -> {
                    Deferred<String> deferred = Deferred.fromStage(stage);
                    stage.complete(VALUE);
                    return deferred;
                }));
    }

    private static Work<Deferred<String>> added(String name, UnaryOperator<Deferred<String>> addition) {
        return Work.given(name, Deferred::new, d -> {
            Deferred<String> end = addition.apply(d);
            d.callback(VALUE);
            return end;
        });
    }
}
