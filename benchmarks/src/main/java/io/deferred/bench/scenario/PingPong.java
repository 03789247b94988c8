// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import scala.Function1;

/** SIZE rounds: one thread makes a promise and hands it to another one, puts a function on it while that one fires it, and waits until the function has run, on whichever thread. Figures are for one round. */
public class PingPong extends TwoThreads {
    // shared
    private volatile Object handedOver;
    private volatile Step arrived;

    private final Callback<Step, Step> callback = this::arrive;
    private final Function<Step, Step> function = this::arrive;
    private final com.stumbleupon.async.Callback<Step, Step> asyncCallback = this::arrive;
    private final com.google.common.base.Function<Step, Step> guavaFunction = this::arrive;
    private final GenericFutureListener<io.netty.util.concurrent.Future<Step>> listener = f -> arrive(f.getNow());
    private final Function1<Step, Step> scalaFunction = this::arrive;

    @Override
    public Object expected() {
        return Step.START;
    }

    private <P> P handedOver(P promise) {
        arrived = null;
        handedOver = promise;
        return promise;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is what the same method has handed over
    private <P> P taken() {
        Object promise = handedOver;
        for (int i = 0; promise == null; i++) {
            partner.relax(i);
            promise = handedOver;
        }
        handedOver = null;
        return (P) promise;
    }

    private Step arrive(Step value) {
        arrived = value;
        return value;
    }

    private void awaitArrival() {
        for (int i = 0; arrived == null; i++) {
            partner.relax(i);
        }
    }

    private Object ended() {
        partner.end();
        return arrived;
    }

    @Benchmark
    public Object deferred() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<Deferred<Step>>taken().callback(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            Deferred<Step> p = handedOver(Promises.deferred());
            p.addCallback(callback);
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object completableFuture() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<CompletableFuture<Step>>taken().complete(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            CompletableFuture<Step> p = handedOver(Promises.completableFuture());
            p.thenApply(function);
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object trane() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<io.trane.future.Promise<Step>>taken().setValue(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            io.trane.future.Promise<Step> p = handedOver(Promises.trane());
            p.map(function);
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object async() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<com.stumbleupon.async.Deferred<Step>>taken().callback(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            com.stumbleupon.async.Deferred<Step> p = handedOver(Promises.async());
            p.addCallback(asyncCallback);
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object guava() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<SettableFuture<Step>>taken().set(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            SettableFuture<Step> p = handedOver(Promises.guava());
            Futures.transform(p, guavaFunction, MoreExecutors.directExecutor());
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object vertx() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<io.vertx.core.Promise<Step>>taken().complete(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            io.vertx.core.Promise<Step> p = handedOver(Promises.vertx());
            p.future().map(function);
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object netty() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<io.netty.util.concurrent.Promise<Step>>taken().setSuccess(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            io.netty.util.concurrent.Promise<Step> p = handedOver(Promises.netty());
            p.addListener(listener);
            awaitArrival();
        }
        return ended();
    }

    @Benchmark
    public Object scala() {
        partner.begin(() -> {
            for (int i = 0; i < SIZE; i++) {
                this.<scala.concurrent.Promise<Step>>taken().success(Step.START);
            }
        });
        for (int i = 0; i < SIZE; i++) {
            scala.concurrent.Promise<Step> p = handedOver(Promises.scala());
            p.future().map(scalaFunction, Promises.PARASITIC);
            awaitArrival();
        }
        return ended();
    }
}
