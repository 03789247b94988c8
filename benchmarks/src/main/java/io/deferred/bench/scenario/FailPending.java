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
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** SIZE functions for values are put on a promise, and a last one that handles failures; then it fails. */
public class FailPending extends Failing {
    @Benchmark
    public Object deferred() {
        Deferred<Step> p = made(Promises.deferred());
        Deferred<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.addCallback(NextSteps.CALLBACKS.at(i));
        }
        end = end.addErrback(ERRBACK);
        p.errback(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> p = made(Promises.completableFuture());
        CompletableFuture<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.thenApply(NextSteps.FUNCTIONS.at(i));
        }
        end = end.exceptionally(FUNCTION);
        p.completeExceptionally(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step> p = made(Promises.trane());
        io.trane.future.Future<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.rescue(TRANE);
        p.setException(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> p = made(Promises.async());
        com.stumbleupon.async.Deferred<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.addCallback(NextSteps.ASYNC.at(i));
        }
        end = end.addErrback(ASYNC);
        p.callback(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step> p = made(Promises.guava());
        ListenableFuture<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = Futures.transform(end, NextSteps.GUAVA.at(i), MoreExecutors.directExecutor());
        }
        end = Futures.catching(end, Throwable.class, GUAVA, MoreExecutors.directExecutor());
        p.setException(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step> p = made(Promises.vertx());
        io.vertx.core.Future<Step> end = p.future();
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.otherwise(FUNCTION);
        p.fail(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Promise<Step> p = made(Promises.scala());
        scala.concurrent.Future<Step> end = p.future();
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.SCALA.at(i), Promises.PARASITIC);
        }
        end = end.recover(SCALA, Promises.PARASITIC);
        p.failure(ERROR);
        return Results.of(end);
    }

    @Benchmark
    public Object mutiny() {
        Uni<Step> end = made(Uni.createFrom().emitter(e -> emitter = e));
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.onFailure().recoverWithItem(FUNCTION);
        end.subscribe().with(s -> last = s);
        emitter.fail(ERROR);
        return told();
    }

    @Benchmark
    public Object reactor() {
        Sinks.One<Step> p = made(Promises.reactor());
        Mono<Step> end = p.asMono();
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.onErrorReturn(HANDLED);
        end.subscribe(s -> last = s);
        p.tryEmitError(ERROR);
        return told();
    }

    @Benchmark
    public Object rxJava() {
        SingleSubject<Step> p = made(Promises.rxJava());
        Single<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.RX.at(i));
        }
        end = end.onErrorReturn(RX);
        end.subscribe(s -> last = s);
        p.onError(ERROR);
        return told();
    }
}
