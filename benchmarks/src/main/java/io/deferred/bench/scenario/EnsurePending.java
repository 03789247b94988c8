// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.CompletableDeferred;
import org.jdeferred2.impl.DeferredObject;
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** SIZE functions for both outcomes, which leave them as they are, are put on a promise; then it is fired. */
public class EnsurePending extends Ensuring {
    @Benchmark
    public Object deferred() {
        Deferred<Step> p = made(Promises.deferred());
        Deferred<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.tapBoth(observer);
        }
        p.callback(Step.START);
        return counted(Results.of(end));
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> p = made(Promises.completableFuture());
        CompletableFuture<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.whenComplete(valueAndError);
        }
        p.complete(Step.START);
        return counted(Results.of(end));
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step> p = made(Promises.trane());
        io.trane.future.Future<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.ensure(runnable);
        }
        p.setValue(Step.START);
        return counted(Results.of(end));
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> p = made(Promises.async());
        com.stumbleupon.async.Deferred<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.addBoth(asyncBoth);
        }
        p.callback(Step.START);
        return counted(Results.of(end));
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step> p = made(Promises.guava());
        for (int i = 0; i < SIZE; i++) {
            p.addListener(runnable, MoreExecutors.directExecutor());
        }
        p.set(Step.START);
        return counted(Results.of(p));
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step> p = made(Promises.vertx());
        for (int i = 0; i < SIZE; i++) {
            p.future().onComplete(vertxHandler);
        }
        p.complete(Step.START);
        return counted(Results.of(p.future()));
    }

    @Benchmark
    public Object netty() {
        io.netty.util.concurrent.Promise<Step> p = made(Promises.netty());
        for (int i = 0; i < SIZE; i++) {
            p.addListener(nettyListener);
        }
        p.setSuccess(Step.START);
        return counted(Results.of(p));
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Promise<Step> p = made(Promises.scala());
        scala.concurrent.Future<Step> end = p.future();
        for (int i = 0; i < SIZE; i++) {
            end = end.transform(scalaFunction, Promises.PARASITIC);
        }
        p.success(Step.START);
        return counted(Results.of(end));
    }

    @Benchmark
    public Object mutiny() {
        Uni<Step> end = made(Uni.createFrom().emitter(e -> emitter = e));
        for (int i = 0; i < SIZE; i++) {
            end = end.onItemOrFailure().invoke(valueAndError);
        }
        end.subscribe().with(s -> last = s);
        emitter.complete(Step.START);
        return counted(told());
    }

    @Benchmark
    public Object reactor() {
        Sinks.One<Step> p = made(Promises.reactor());
        Mono<Step> end = p.asMono();
        for (int i = 0; i < SIZE; i++) {
            end = end.doFinally(signalConsumer);
        }
        end.subscribe(s -> last = s);
        p.tryEmitValue(Step.START);
        return counted(told());
    }

    @Benchmark
    public Object rxJava() {
        SingleSubject<Step> p = made(Promises.rxJava());
        Single<Step> end = p;
        for (int i = 0; i < SIZE; i++) {
            end = end.doOnTerminate(rxAction);
        }
        end.subscribe(s -> last = s);
        p.onSuccess(Step.START);
        return counted(told());
    }

    @Benchmark
    public Object kotlin() {
        CompletableDeferred<Step> p = made(Promises.kotlin());
        for (int i = 0; i < SIZE; i++) {
            p.invokeOnCompletion(kotlinHandler);
        }
        p.complete(Step.START);
        return counted(p.getCompleted());
    }

    @Benchmark
    public Object jdeferred() {
        DeferredObject<Step, Throwable, Void> p = made(Promises.jdeferred());
        for (int i = 0; i < SIZE; i++) {
            p.always(alwaysCallback);
        }
        p.done(s -> last = s);
        p.resolve(Step.START);
        return counted(told());
    }
}
