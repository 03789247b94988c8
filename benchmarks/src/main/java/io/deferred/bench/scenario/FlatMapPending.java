// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.jdeferred2.impl.DeferredObject;
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** SIZE functions that return a fired promise each are put on a promise; then it is fired. */
public class FlatMapPending extends Subscribing {
    @Override
    public Object expected() {
        return Inners.afterAll(SIZE);
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step> p = made(Promises.deferred());
        Deferred<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.chainCallback(Inners.DEFERRED);
        }
        p.callback(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> p = made(Promises.completableFuture());
        CompletableFuture<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.thenCompose(Inners.COMPLETABLE_FUTURE);
        }
        p.complete(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step> p = made(Promises.trane());
        io.trane.future.Future<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.TRANE);
        }
        p.setValue(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> p = made(Promises.async());
        com.stumbleupon.async.Deferred<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.addCallbackDeferring(Inners.ASYNC);
        }
        p.callback(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step> p = made(Promises.guava());
        ListenableFuture<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = Futures.transformAsync(end, Inners.GUAVA, MoreExecutors.directExecutor());
        }
        p.set(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step> p = made(Promises.vertx());
        io.vertx.core.Future<Step> end = p.future();
        for (int i = 0; i < SIZE; i++) {
            end = end.compose(Inners.VERTX);
        }
        p.complete(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Promise<Step> p = made(Promises.scala());
        scala.concurrent.Future<Step> end = p.future();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.SCALA, Promises.PARASITIC);
        }
        p.success(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object mutiny() {
        Uni<Step> end = made(Uni.createFrom().emitter(e -> emitter = e));
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.MUTINY);
        }
        end.subscribe().with(s -> last = s);
        emitter.complete(Step.START);
        return told();
    }

    @Benchmark
    public Object reactor() {
        Sinks.One<Step> p = made(Promises.reactor());
        Mono<Step> end = p.asMono();
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.REACTOR);
        }
        end.subscribe(s -> last = s);
        p.tryEmitValue(Step.START);
        return told();
    }

    @Benchmark
    public Object rxJava() {
        SingleSubject<Step> p = made(Promises.rxJava());
        Single<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.flatMap(Inners.RX);
        }
        end.subscribe(s -> last = s);
        p.onSuccess(Step.START);
        return told();
    }

    @Benchmark
    public Object jdeferred() {
        DeferredObject<Step, Throwable, Void> p = made(Promises.jdeferred());
        org.jdeferred2.Promise<Step, Throwable, Void> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.pipe(Inners.JDEFERRED);
        }
        end.done(s -> last = s);
        p.resolve(Step.START);
        return told();
    }
}
