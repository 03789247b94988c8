// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Mono;

/** SIZE functions that call one another, each on a promise that has its value, as a loop in the way of functional programs. */
public class RecursiveConst extends Subscribing {
    private static final Step BOTTOM = Step.after(3);

    @Override
    public Object expected() {
        return BOTTOM;
    }

    private static Deferred<Step> deferred(int depth) {
        return depth == 0
                ? Fired.deferred(BOTTOM)
                : Fired.deferred(Step.START).chainCallback(ignored -> deferred(depth - 1));
    }

    @Benchmark
    public Object deferred() {
        return Results.of(deferred(SIZE));
    }

    private static CompletableFuture<Step> completableFuture(int depth) {
        return depth == 0
                ? Fired.completableFuture(BOTTOM)
                : Constants.START.completableFuture().thenCompose(ignored -> completableFuture(depth - 1));
    }

    @Benchmark
    public Object completableFuture() {
        return Results.of(completableFuture(SIZE));
    }

    private static io.trane.future.Future<Step> trane(int depth) {
        return depth == 0 ? Fired.trane(BOTTOM) : Constants.START.trane().flatMap(ignored -> trane(depth - 1));
    }

    @Benchmark
    public Object trane() throws Exception {
        return Results.of(trane(SIZE));
    }

    private static com.stumbleupon.async.Deferred<Step> async(int depth) {
        return depth == 0
                ? Fired.async(BOTTOM)
                : Fired.async(Step.START).addCallbackDeferring(ignored -> async(depth - 1));
    }

    @Benchmark
    public Object async() throws Exception {
        return Results.of(async(SIZE));
    }

    private static ListenableFuture<Step> guava(int depth) {
        return depth == 0
                ? Fired.guava(BOTTOM)
                : Futures.transformAsync(
                        Constants.START.guava(), ignored -> guava(depth - 1), MoreExecutors.directExecutor());
    }

    @Benchmark
    public Object guava() throws Exception {
        return Results.of(guava(SIZE));
    }

    private static io.vertx.core.Future<Step> vertx(int depth) {
        return depth == 0 ? Fired.vertx(BOTTOM) : Constants.START.vertx().compose(ignored -> vertx(depth - 1));
    }

    @Benchmark
    public Object vertx() {
        return Results.of(vertx(SIZE));
    }

    private static scala.concurrent.Future<Step> scala(int depth) {
        return depth == 0
                ? Fired.scala(BOTTOM)
                : Constants.START.scala().flatMap(ignored -> scala(depth - 1), Promises.PARASITIC);
    }

    @Benchmark
    public Object scala() {
        return Results.of(scala(SIZE));
    }

    private static Uni<Step> mutiny(int depth) {
        return depth == 0 ? Fired.mutiny(BOTTOM) : Constants.START.mutiny().flatMap(ignored -> mutiny(depth - 1));
    }

    @Benchmark
    public Object mutiny() {
        mutiny(SIZE).subscribe().with(s -> last = s);
        return told();
    }

    private static Mono<Step> reactor(int depth) {
        return depth == 0 ? Fired.reactor(BOTTOM) : Constants.START.reactor().flatMap(ignored -> reactor(depth - 1));
    }

    @Benchmark
    public Object reactor() {
        reactor(SIZE).subscribe(s -> last = s);
        return told();
    }
}
