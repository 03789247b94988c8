// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * SIZE promises, each with a function that returns the next one. They are fired from the outermost on, so that each waits for the next; the last one resolves them all. Vert.x
 * recurses, and before it is compiled needs a larger stack than threads have. Figures are for one of them.
 */
public class DeepLater extends Scenario {
    @Override
    public Object expected() {
        return Step.START;
    }

    @Override
    public int operations() {
        return SIZE;
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step>[] promises = PromiseArrays.typed(new Deferred<?>[SIZE]);
        Deferred<Step> end = Promises.deferred();
        promises[SIZE - 1] = end;
        for (int i = SIZE - 2; i >= 0; i--) {
            Deferred<Step> inner = end;
            promises[i] = Promises.deferred();
            end = promises[i].chainCallback(ignored -> inner);
        }
        for (Deferred<Step> promise : promises) {
            promise.callback(Step.START);
        }
        return Results.of(end);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step>[] promises = PromiseArrays.typed(new CompletableFuture<?>[SIZE]);
        CompletableFuture<Step> end = Promises.completableFuture();
        promises[SIZE - 1] = end;
        for (int i = SIZE - 2; i >= 0; i--) {
            CompletableFuture<Step> inner = end;
            promises[i] = Promises.completableFuture();
            end = promises[i].thenCompose(ignored -> inner);
        }
        for (CompletableFuture<Step> promise : promises) {
            promise.complete(Step.START);
        }
        return Results.of(end);
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step>[] promises = PromiseArrays.typed(new io.trane.future.Promise<?>[SIZE]);
        promises[SIZE - 1] = Promises.trane();
        io.trane.future.Future<Step> end = promises[SIZE - 1];
        for (int i = SIZE - 2; i >= 0; i--) {
            io.trane.future.Future<Step> inner = end;
            promises[i] = Promises.trane();
            end = promises[i].flatMap(ignored -> inner);
        }
        for (io.trane.future.Promise<Step> promise : promises) {
            promise.setValue(Step.START);
        }
        return Results.of(end);
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step>[] promises = PromiseArrays.typed(new SettableFuture<?>[SIZE]);
        promises[SIZE - 1] = Promises.guava();
        ListenableFuture<Step> end = promises[SIZE - 1];
        for (int i = SIZE - 2; i >= 0; i--) {
            ListenableFuture<Step> inner = end;
            promises[i] = Promises.guava();
            end = Futures.transformAsync(promises[i], ignored -> inner, MoreExecutors.directExecutor());
        }
        for (SettableFuture<Step> promise : promises) {
            promise.set(Step.START);
        }
        return Results.of(end);
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step>[] promises = PromiseArrays.typed(new io.vertx.core.Promise<?>[SIZE]);
        promises[SIZE - 1] = Promises.vertx();
        io.vertx.core.Future<Step> end = promises[SIZE - 1].future();
        for (int i = SIZE - 2; i >= 0; i--) {
            io.vertx.core.Future<Step> inner = end;
            promises[i] = Promises.vertx();
            end = promises[i].future().compose(ignored -> inner);
        }
        for (io.vertx.core.Promise<Step> promise : promises) {
            promise.complete(Step.START);
        }
        return Results.of(end);
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Promise<Step>[] promises = PromiseArrays.typed(new scala.concurrent.Promise<?>[SIZE]);
        promises[SIZE - 1] = Promises.scala();
        scala.concurrent.Future<Step> end = promises[SIZE - 1].future();
        for (int i = SIZE - 2; i >= 0; i--) {
            scala.concurrent.Future<Step> inner = end;
            promises[i] = Promises.scala();
            end = promises[i].future().flatMap(ignored -> inner, Promises.PARASITIC);
        }
        for (scala.concurrent.Promise<Step> promise : promises) {
            promise.success(Step.START);
        }
        return Results.of(end);
    }
}
