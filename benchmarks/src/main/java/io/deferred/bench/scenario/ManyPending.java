// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;

/** SIZE promises with a function on each are pending at once; then they are fired, and let go, one after the other. */
public class ManyPending extends Scenario {
    private final Object[] all = new Object[SIZE];
    private int called;

    private final Callback<Step, Step> callback = this::called;
    private final Function<Step, Step> function = this::called;
    private final com.stumbleupon.async.Callback<Step, Step> asyncCallback = this::called;

    private Step called(Step step) {
        called++;
        return step.next();
    }

    @Override
    public Object expected() {
        return Step.START;
    }

    private Object allCalled() {
        int calls = called;
        called = 0;
        return calls == SIZE ? Step.START : calls + " of " + SIZE + " functions were called";
    }

    /** That of this place, which is let go. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // each method takes what it has put there itself
    private <P> P taken(int index) {
        P promise = (P) all[index];
        all[index] = null;
        return promise;
    }

    @Benchmark
    public Object deferred() {
        for (int i = 0; i < SIZE; i++) {
            all[i] = Promises.deferred().addCallback(callback);
        }
        for (int i = 0; i < SIZE; i++) {
            this.<Deferred<Step>>taken(i).callback(Step.START);
        }
        return allCalled();
    }

    @Benchmark
    public Object completableFuture() {
        for (int i = 0; i < SIZE; i++) {
            CompletableFuture<Step> p = Promises.completableFuture();
            p.thenApply(function);
            all[i] = p;
        }
        for (int i = 0; i < SIZE; i++) {
            this.<CompletableFuture<Step>>taken(i).complete(Step.START);
        }
        return allCalled();
    }

    @Benchmark
    public Object trane() {
        for (int i = 0; i < SIZE; i++) {
            io.trane.future.Promise<Step> p = Promises.trane();
            p.map(function);
            all[i] = p;
        }
        for (int i = 0; i < SIZE; i++) {
            this.<io.trane.future.Promise<Step>>taken(i).setValue(Step.START);
        }
        return allCalled();
    }

    @Benchmark
    public Object async() {
        for (int i = 0; i < SIZE; i++) {
            all[i] = Promises.async().addCallback(asyncCallback);
        }
        for (int i = 0; i < SIZE; i++) {
            this.<com.stumbleupon.async.Deferred<Step>>taken(i).callback(Step.START);
        }
        return allCalled();
    }
}
