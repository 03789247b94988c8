// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Mono;

/** SIZE functions that return a fired promise each are put on a promise that has its value. */
public class FlatMapFired extends Subscribing {
    @Override
    public Object expected() {
        return Inners.afterAll(SIZE);
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step> end = made(Fired.deferred(Step.START));
        for (int i = 0; i < SIZE; i++) {
            end = end.chainCallback(Inners.DEFERRED);
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> end =
                ESCAPES ? made(Fired.completableFuture(Step.START)) : Constants.START.completableFuture();
        for (int i = 0; i < SIZE; i++) {
            end = end.thenCompose(Inners.COMPLETABLE_FUTURE);
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Future<Step> end = ESCAPES ? made(Fired.trane(Step.START)) : Constants.START.trane();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.TRANE);
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> end = made(Fired.async(Step.START));
        for (int i = 0; i < SIZE; i++) {
            end = end.addCallbackDeferring(Inners.ASYNC);
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object guava() throws Exception {
        ListenableFuture<Step> end = ESCAPES ? made(Fired.guava(Step.START)) : Constants.START.guava();
        for (int i = 0; i < SIZE; i++) {
            end = Futures.transformAsync(end, Inners.GUAVA, MoreExecutors.directExecutor());
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Future<Step> end = ESCAPES ? made(Fired.vertx(Step.START)) : Constants.START.vertx();
        for (int i = 0; i < SIZE; i++) {
            end = end.compose(Inners.VERTX);
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Future<Step> end = ESCAPES ? made(Fired.scala(Step.START)) : Constants.START.scala();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.SCALA, Promises.PARASITIC);
        }
        return Results.of(passedOn(end));
    }

    @Benchmark
    public Object mutiny() {
        Uni<Step> end = ESCAPES ? made(Fired.mutiny(Step.START)) : Constants.START.mutiny();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.MUTINY);
        }
        passedOn(end).subscribe().with(s -> last = s);
        return told();
    }

    @Benchmark
    public Object reactor() {
        Mono<Step> end = ESCAPES ? made(Fired.reactor(Step.START)) : Constants.START.reactor();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.REACTOR);
        }
        passedOn(end).subscribe(s -> last = s);
        return told();
    }

    @Benchmark
    public Object rxJava() {
        Single<Step> end = ESCAPES ? made(Fired.rxJava(Step.START)) : Constants.START.rxJava();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.RX);
        }
        passedOn(end).subscribe(s -> last = s);
        return told();
    }
}
