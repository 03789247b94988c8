// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** SIZE promises: one thread puts four functions on each, while another one fires each, in the same order. Figures are for one promise. */
public class Contended extends TwoThreads {
    private static final int STAGES = 4;
    private static final int PARTNERS = 32;
    private static final Step EXPECTED = Step.after(STAGES);

    private final Object[] ends = new Object[SIZE];
    private final int[] calls = new int[2 * PARTNERS];
    private int wrong;

    @Override
    public Object expected() {
        return EXPECTED;
    }

    private void check(Object value) {
        if (value != EXPECTED) {
            wrong++;
        }
    }

    private Object checked() {
        return wrong == 0 ? EXPECTED : wrong + " wrong values of " + SIZE;
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step>[] promises = PromiseArrays.typed(new Deferred<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.deferred();
        }
        partner.begin(() -> {
            for (Deferred<Step> promise : promises) {
                promise.callback(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            Deferred<Step> end = promises[i];
            for (int k = 0; k < STAGES; k++) {
                end = end.addCallback(NextSteps.CALLBACKS.at(k));
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((Deferred<?>) end));
        }
        return checked();
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step>[] promises = PromiseArrays.typed(new CompletableFuture<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.completableFuture();
        }
        partner.begin(() -> {
            for (CompletableFuture<Step> promise : promises) {
                promise.complete(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            CompletableFuture<Step> end = promises[i];
            for (int k = 0; k < STAGES; k++) {
                end = end.thenApply(NextSteps.FUNCTIONS.at(k));
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((CompletableFuture<?>) end));
        }
        return checked();
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step>[] promises = PromiseArrays.typed(new io.trane.future.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.trane();
        }
        partner.begin(() -> {
            for (io.trane.future.Promise<Step> promise : promises) {
                promise.setValue(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            io.trane.future.Future<Step> end = promises[i];
            for (int k = 0; k < STAGES; k++) {
                end = end.map(NextSteps.FUNCTIONS.at(k));
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((io.trane.future.Future<?>) end));
        }
        return checked();
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step>[] promises =
                PromiseArrays.typed(new com.stumbleupon.async.Deferred<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.async();
        }
        partner.begin(() -> {
            for (com.stumbleupon.async.Deferred<Step> promise : promises) {
                promise.callback(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            com.stumbleupon.async.Deferred<Step> end = promises[i];
            for (int k = 0; k < STAGES; k++) {
                end = end.addCallback(NextSteps.ASYNC.at(k));
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((com.stumbleupon.async.Deferred<?>) end));
        }
        return checked();
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step>[] promises = PromiseArrays.typed(new SettableFuture<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.guava();
        }
        partner.begin(() -> {
            for (SettableFuture<Step> promise : promises) {
                promise.set(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            ListenableFuture<Step> end = promises[i];
            for (int k = 0; k < STAGES; k++) {
                end = Futures.transform(end, NextSteps.GUAVA.at(k), MoreExecutors.directExecutor());
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((ListenableFuture<?>) end));
        }
        return checked();
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step>[] promises = PromiseArrays.typed(new io.vertx.core.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.vertx();
        }
        partner.begin(() -> {
            for (io.vertx.core.Promise<Step> promise : promises) {
                promise.complete(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            io.vertx.core.Future<Step> end = promises[i].future();
            for (int k = 0; k < STAGES; k++) {
                end = end.map(NextSteps.FUNCTIONS.at(k));
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((io.vertx.core.Future<?>) end));
        }
        return checked();
    }

    /** Netty's listeners give nothing, and count themselves: each thread in a cache line of its own. */
    private final GenericFutureListener<io.netty.util.concurrent.Future<Step>> listener =
            future -> calls[partner.isCurrentThread() ? PARTNERS : 0]++;

    @Benchmark
    public Object netty() {
        io.netty.util.concurrent.Promise<Step>[] promises =
                PromiseArrays.typed(new io.netty.util.concurrent.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.netty();
        }
        partner.begin(() -> {
            for (io.netty.util.concurrent.Promise<Step> promise : promises) {
                promise.setSuccess(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            for (int k = 0; k < STAGES; k++) {
                promises[i].addListener(listener);
            }
        }
        partner.end();
        for (io.netty.util.concurrent.Promise<Step> promise : promises) {
            check(Results.of(promise) == Step.START ? EXPECTED : null);
        }
        check(calls[0] + calls[PARTNERS] == STAGES * SIZE ? EXPECTED : null);
        Arrays.fill(calls, 0);
        return checked();
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Promise<Step>[] promises = PromiseArrays.typed(new scala.concurrent.Promise<?>[SIZE]);
        for (int i = 0; i < SIZE; i++) {
            promises[i] = Promises.scala();
        }
        partner.begin(() -> {
            for (scala.concurrent.Promise<Step> promise : promises) {
                promise.success(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            scala.concurrent.Future<Step> end = promises[i].future();
            for (int k = 0; k < STAGES; k++) {
                end = end.map(NextSteps.SCALA.at(k), Promises.PARASITIC);
            }
            ends[i] = end;
        }
        partner.end();
        for (Object end : ends) {
            check(Results.of((scala.concurrent.Future<?>) end));
        }
        return checked();
    }
}
