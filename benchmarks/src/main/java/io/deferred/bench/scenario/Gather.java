// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.PromiseCombiner;
import io.vertx.core.CompositeFuture;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** SIZE promises are made, gathered into one, and fired in order. Where the whole gives no list, the last of the promises is asked for its value once the whole has fired. */
public class Gather extends Scenario {
    private final Callback<List<Step>, List<Step>> keep = this::keep;
    private List<Step> gathered;

    private List<Step> keep(List<Step> values) {
        gathered = values;
        return values;
    }

    @Override
    public Object expected() {
        return Step.after(SIZE - 1);
    }

    private static Object lastOf(List<Step> values) {
        return values.size() == SIZE ? values.get(SIZE - 1) : "a list of " + values.size();
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step>[] children = PromiseArrays.typed(new Deferred<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.deferred();
        }
        Deferred.gatherResults(children).addCallback(keep);
        Step step = Step.START;
        for (Deferred<Step> child : children) {
            child.callback(step);
            step = step.next();
        }
        return lastOf(gathered);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step>[] children = PromiseArrays.typed(new CompletableFuture<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.completableFuture();
        }
        CompletableFuture<Void> whole = CompletableFuture.allOf(children);
        Step step = Step.START;
        for (CompletableFuture<Step> child : children) {
            child.complete(step);
            step = step.next();
        }
        return whole.isDone() ? Results.of(children[SIZE - 1]) : whole;
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step>[] children = PromiseArrays.typed(new io.trane.future.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.trane();
        }
        io.trane.future.Future<List<Step>> whole = io.trane.future.Future.collect(Arrays.asList(children));
        Step step = Step.START;
        for (io.trane.future.Promise<Step> child : children) {
            child.setValue(step);
            step = step.next();
        }
        return lastOf(whole.get(Results.AT_ONCE));
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step>[] children =
                PromiseArrays.typed(new com.stumbleupon.async.Deferred<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.async();
        }
        var whole = com.stumbleupon.async.Deferred.group(Arrays.asList(children));
        Step step = Step.START;
        for (com.stumbleupon.async.Deferred<Step> child : children) {
            child.callback(step);
            step = step.next();
        }
        return lastOf(whole.join());
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step>[] children = PromiseArrays.typed(new SettableFuture<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.guava();
        }
        var whole = Futures.allAsList(children);
        Step step = Step.START;
        for (SettableFuture<Step> child : children) {
            child.set(step);
            step = step.next();
        }
        return lastOf(Futures.getDone(whole));
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step>[] children = PromiseArrays.typed(new io.vertx.core.Promise<?>[SIZE]);
        io.vertx.core.Future<Step>[] futures = PromiseArrays.typed(new io.vertx.core.Future<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.vertx();
            futures[i] = children[i].future();
        }
        CompositeFuture whole = io.vertx.core.Future.all(Arrays.asList(futures));
        Step step = Step.START;
        for (io.vertx.core.Promise<Step> child : children) {
            child.complete(step);
            step = step.next();
        }
        return whole.succeeded() && whole.size() == SIZE ? whole.resultAt(SIZE - 1) : whole;
    }

    @Benchmark
    public Object netty() {
        io.netty.util.concurrent.Promise<Step>[] children =
                PromiseArrays.typed(new io.netty.util.concurrent.Promise<?>[SIZE]);
        PromiseCombiner combiner = new PromiseCombiner(ImmediateEventExecutor.INSTANCE);
        for (int i = 0; i < SIZE; i++) {
            children[i] = Promises.netty();
            combiner.add((io.netty.util.concurrent.Future<Step>) children[i]);
        }
        io.netty.util.concurrent.Promise<Void> whole = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
        combiner.finish(whole);
        Step step = Step.START;
        for (io.netty.util.concurrent.Promise<Step> child : children) {
            child.setSuccess(step);
            step = step.next();
        }
        return whole.isSuccess() ? Results.of(children[SIZE - 1]) : whole;
    }
}
