// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import static io.deferred.bench.Scenario.FRESH;

import com.google.common.util.concurrent.AsyncFunction;
import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdeferred2.DonePipe;
import reactor.core.publisher.Mono;
import scala.Function1;

/**
 * The function of each library that returns a fired promise: a constant, unless the case wants a new one, with the next step. Three libraries make a new one in any case: in two, whoever waits for a promise takes its value
 * away, and one of JDeferred keeps all that was ever put on it.
 */
final class Inners {
    private static final Step VALUE = Step.after(3);
    private static final Constants SAME = Constants.of(VALUE);

    static final Callback<Step, Deferred<Step>> DEFERRED =
            FRESH ? s -> Fired.deferred(s.next()) : s -> Fired.deferred(VALUE);
    static final Function<Step, CompletableFuture<Step>> COMPLETABLE_FUTURE =
            FRESH ? s -> Fired.completableFuture(s.next()) : s -> SAME.completableFuture();
    static final Function<Step, io.trane.future.Future<Step>> TRANE =
            FRESH ? s -> Fired.trane(s.next()) : s -> SAME.trane();
    static final com.stumbleupon.async.Callback<com.stumbleupon.async.Deferred<Step>, Step> ASYNC =
            FRESH ? s -> Fired.async(s.next()) : s -> Fired.async(VALUE);
    static final AsyncFunction<Step, Step> GUAVA = FRESH ? s -> Fired.guava(s.next()) : s -> SAME.guava();
    static final Function<Step, io.vertx.core.Future<Step>> VERTX =
            FRESH ? s -> Fired.vertx(s.next()) : s -> SAME.vertx();
    static final Function1<Step, scala.concurrent.Future<Step>> SCALA =
            FRESH ? s -> Fired.scala(s.next()) : s -> SAME.scala();
    static final Function<Step, Uni<? extends Step>> MUTINY = FRESH ? s -> Fired.mutiny(s.next()) : s -> SAME.mutiny();
    static final Function<Step, Mono<Step>> REACTOR = FRESH ? s -> Fired.reactor(s.next()) : s -> SAME.reactor();
    static final io.reactivex.rxjava3.functions.Function<Step, Single<Step>> RX =
            FRESH ? s -> Fired.rxJava(s.next()) : s -> SAME.rxJava();
    static final DonePipe<Step, Step, Throwable, Void> JDEFERRED =
            FRESH ? s -> Fired.jdeferred(s.next()) : s -> Fired.jdeferred(VALUE);

    private Inners() {}

    /** What the last of so many functions gives. */
    static Step afterAll(int stages) {
        return FRESH ? Step.after(stages) : VALUE;
    }
}
