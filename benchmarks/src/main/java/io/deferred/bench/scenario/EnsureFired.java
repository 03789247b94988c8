// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** SIZE functions for both outcomes, which leave them as they are, are put on a promise that has its value. */
public class EnsureFired extends Ensuring {
    @Benchmark
    public Object deferred() {
        Deferred<Step> end = made(Fired.deferred(Step.START));
        for (int i = 0; i < SIZE; i++) {
            end = end.tapBoth(observer);
        }
        return counted(Results.of(end));
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> end =
                ESCAPES ? made(Fired.completableFuture(Step.START)) : Constants.START.completableFuture();
        for (int i = 0; i < SIZE; i++) {
            end = end.whenComplete(valueAndError);
        }
        return counted(Results.of(end));
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Future<Step> end = ESCAPES ? made(Fired.trane(Step.START)) : Constants.START.trane();
        for (int i = 0; i < SIZE; i++) {
            end = end.ensure(runnable);
        }
        return counted(Results.of(end));
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> end = made(Fired.async(Step.START));
        for (int i = 0; i < SIZE; i++) {
            end = end.addBoth(asyncBoth);
        }
        return counted(Results.of(end));
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Future<Step> p = ESCAPES ? made(Fired.vertx(Step.START)) : Constants.START.vertx();
        for (int i = 0; i < SIZE; i++) {
            p.onComplete(vertxHandler);
        }
        return counted(Results.of(p));
    }

    @Benchmark
    public Object netty() {
        io.netty.util.concurrent.Future<Step> p = ESCAPES ? made(Fired.netty(Step.START)) : Constants.START.netty();
        for (int i = 0; i < SIZE; i++) {
            p.addListener(nettyListener);
        }
        return counted(Results.of(p));
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Future<Step> end = ESCAPES ? made(Fired.scala(Step.START)) : Constants.START.scala();
        for (int i = 0; i < SIZE; i++) {
            end = end.transform(scalaFunction, Promises.PARASITIC);
        }
        return counted(Results.of(end));
    }

    @Benchmark
    public Object mutiny() {
        Uni<Step> end = ESCAPES ? made(Fired.mutiny(Step.START)) : Constants.START.mutiny();
        for (int i = 0; i < SIZE; i++) {
            end = end.onItemOrFailure().invoke(valueAndError);
        }
        end.subscribe().with(s -> last = s);
        return counted(told());
    }
}
