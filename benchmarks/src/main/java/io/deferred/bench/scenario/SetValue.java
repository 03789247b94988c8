// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.CompletableDeferred;
import org.jdeferred2.impl.DeferredObject;
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Sinks;

/** A promise is made and fired, and its value read. */
public class SetValue extends Subscribing {
    @Override
    public Object expected() {
        return Step.START;
    }

    @Benchmark
    public Object deferred() {
        Deferred<Step> p = made(Promises.deferred());
        p.callback(Step.START);
        return Results.of(p);
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> p = made(Promises.completableFuture());
        p.complete(Step.START);
        return Results.of(p);
    }

    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Promise<Step> p = made(Promises.trane());
        p.setValue(Step.START);
        return Results.of(p);
    }

    @Benchmark
    public Object async() throws Exception {
        com.stumbleupon.async.Deferred<Step> p = made(Promises.async());
        p.callback(Step.START);
        return Results.of(p);
    }

    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step> p = made(Promises.guava());
        p.set(Step.START);
        return Results.of(p);
    }

    @Benchmark
    public Object vertx() {
        io.vertx.core.Promise<Step> p = made(Promises.vertx());
        p.complete(Step.START);
        return Results.of(p.future());
    }

    @Benchmark
    public Object netty() {
        io.netty.util.concurrent.Promise<Step> p = made(Promises.netty());
        p.setSuccess(Step.START);
        return Results.of(p);
    }

    @Benchmark
    public Object scala() {
        scala.concurrent.Promise<Step> p = made(Promises.scala());
        p.success(Step.START);
        return Results.of(p.future());
    }

    @Benchmark
    public Object mutiny() {
        Uni<Step> p = made(Uni.createFrom().emitter(e -> emitter = e));
        p.subscribe().with(s -> last = s);
        emitter.complete(Step.START);
        return told();
    }

    @Benchmark
    public Object reactor() {
        Sinks.One<Step> p = made(Promises.reactor());
        p.asMono().subscribe(s -> last = s);
        p.tryEmitValue(Step.START);
        return told();
    }

    @Benchmark
    public Object rxJava() {
        SingleSubject<Step> p = made(Promises.rxJava());
        p.subscribe(s -> last = s);
        p.onSuccess(Step.START);
        return told();
    }

    @Benchmark
    public Object kotlin() {
        CompletableDeferred<Step> p = made(Promises.kotlin());
        p.complete(Step.START);
        return p.getCompleted();
    }

    @Benchmark
    public Object jdeferred() {
        DeferredObject<Step, Throwable, Void> p = made(Promises.jdeferred());
        p.done(s -> last = s);
        p.resolve(Step.START);
        return told();
    }
}
