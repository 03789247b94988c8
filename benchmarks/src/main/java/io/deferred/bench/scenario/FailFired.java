// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** SIZE functions for values are put on a promise that has failed, and a last one that handles failures. */
public class FailFired extends Failing {
    private static final CompletableFuture<Step> FAILED_COMPLETABLE_FUTURE = Failed.completableFuture(ERROR);
    private static final io.trane.future.Future<Step> FAILED_TRANE = Failed.trane(ERROR);
    private static final ListenableFuture<Step> FAILED_GUAVA = Failed.guava(ERROR);
    private static final io.vertx.core.Future<Step> FAILED_VERTX = Failed.vertx(ERROR);
    private static final scala.concurrent.Future<Step> FAILED_SCALA = Failed.scala(ERROR);

    @Benchmark
    public Object deferred() {
        Deferred<Step> end = made(Failed.deferred(ERROR));
        for (int i = 0; i < SIZE; i++) {
            end = end.addCallback(NextSteps.CALLBACKS.at(i));
        }
        end = end.addErrback(ERRBACK);
        return Results.of(end);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> end = FAILED_COMPLETABLE_FUTURE;
        for (int i = 0; i < SIZE; i++) {
            end = end.thenApply(NextSteps.FUNCTIONS.at(i));
        }
        end = end.exceptionally(FUNCTION);
        return Results.of(end);
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Future<Step> end = FAILED_TRANE;
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.rescue(TRANE);
        return Results.of(end);
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> end = made(Failed.async(ERROR));
        for (int i = 0; i < SIZE; i++) {
            end = end.addCallback(NextSteps.ASYNC.at(i));
        }
        end = end.addErrback(ASYNC);
        return Results.of(end);
    }

    @Benchmark
    public Object guava() throws Exception {
        ListenableFuture<Step> end = FAILED_GUAVA;
        for (int i = 0; i < SIZE; i++) {
            end = Futures.transform(end, NextSteps.GUAVA.at(i), MoreExecutors.directExecutor());
        }
        end = Futures.catching(end, Throwable.class, GUAVA, MoreExecutors.directExecutor());
        return Results.of(end);
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Future<Step> end = FAILED_VERTX;
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.otherwise(FUNCTION);
        return Results.of(end);
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Future<Step> end = FAILED_SCALA;
        for (int i = 0; i < SIZE; i++) {
            end = end.map(NextSteps.SCALA.at(i), Promises.PARASITIC);
        }
        end = end.recover(SCALA, Promises.PARASITIC);
        return Results.of(end);
    }
}
