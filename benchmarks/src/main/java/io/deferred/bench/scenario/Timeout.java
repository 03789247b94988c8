// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;

/** A promise is given an hour, and fired in time. */
public class Timeout extends Scenario {
    private final Timekeeper timekeeper = new Timekeeper();

    @Override
    public Object expected() {
        return Step.START;
    }

    @Override
    public void close() {
        timekeeper.close();
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step> p = Promises.deferred();
        Deferred<Step> end = p.addTimeout(Timekeeper.LONG, timekeeper.scheduler());
        p.callback(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> p = Promises.completableFuture();
        CompletableFuture<Step> end = p.orTimeout(1, TimeUnit.HOURS);
        p.complete(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step> p = Promises.trane();
        io.trane.future.Future<Step> end = p.within(Timekeeper.LONG, timekeeper.executor());
        p.setValue(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step> p = Promises.guava();
        ListenableFuture<Step> end = Futures.withTimeout(p, Timekeeper.LONG, timekeeper.executor());
        p.set(Step.START);
        return Results.of(end);
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step> p = Promises.vertx();
        io.vertx.core.Future<Step> end = p.future().timeout(Timekeeper.LONG);
        p.complete(Step.START);
        return Results.of(end);
    }
}
