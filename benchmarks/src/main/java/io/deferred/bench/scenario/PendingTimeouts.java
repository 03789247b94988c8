// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;

/** SIZE promises are pending at the same time, each with an hour left; then all are fired, in order. Figures are for one of them. */
public class PendingTimeouts extends Scenario {
    private final Timekeeper timekeeper = new Timekeeper();
    private final Callback<Step, Step> callback = this::count;
    private final Function<Step, Step> function = this::count;
    private final com.google.common.base.Function<Step, Step> guavaFunction = this::count;
    private int fired;

    @Override
    public Object expected() {
        return Step.START;
    }

    @Override
    public int operations() {
        return SIZE;
    }

    @Override
    public void close() {
        timekeeper.close();
    }

    private Step count(Step value) {
        fired++;
        return value;
    }

    private Object counted() {
        int counted = fired;
        fired = 0;
        return counted == SIZE ? Step.START : counted + " results of " + SIZE;
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step>[] promises = PromiseArrays.typed(new Deferred<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.deferred();
            promises[i].addTimeout(Timekeeper.LONG, timekeeper.scheduler()).addCallback(callback);
        }
        for (Deferred<Step> promise : promises) {
            promise.callback(Step.START);
        }
        return counted();
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step>[] promises = PromiseArrays.typed(new CompletableFuture<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.completableFuture();
            promises[i].orTimeout(1, TimeUnit.HOURS).thenApply(function);
        }
        for (CompletableFuture<Step> promise : promises) {
            promise.complete(Step.START);
        }
        return counted();
    }

    @Benchmark
    public Object trane() {
        io.trane.future.Promise<Step>[] promises = PromiseArrays.typed(new io.trane.future.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.trane();
            promises[i].within(Timekeeper.LONG, timekeeper.executor()).map(function);
        }
        for (io.trane.future.Promise<Step> promise : promises) {
            promise.setValue(Step.START);
        }
        return counted();
    }

    @Benchmark
    public Object guava() {
        SettableFuture<Step>[] promises = PromiseArrays.typed(new SettableFuture<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.guava();
            Futures.transform(
                    Futures.withTimeout(promises[i], Timekeeper.LONG, timekeeper.executor()),
                    guavaFunction,
                    MoreExecutors.directExecutor());
        }
        for (SettableFuture<Step> promise : promises) {
            promise.set(Step.START);
        }
        return counted();
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step>[] promises = PromiseArrays.typed(new io.vertx.core.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.vertx();
            promises[i].future().timeout(Timekeeper.LONG).map(function);
        }
        for (io.vertx.core.Promise<Step> promise : promises) {
            promise.complete(Step.START);
        }
        return counted();
    }
}
