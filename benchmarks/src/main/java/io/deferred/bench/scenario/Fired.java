// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.SucceededFuture;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.jdeferred2.impl.DeferredObject;
import reactor.core.publisher.Mono;

/** A promise of each library that has its value from the beginning. */
final class Fired {
    private Fired() {}

    static Deferred<Step> deferred(Step value) {
        return Deferred.succeed(value);
    }

    static CompletableFuture<Step> completableFuture(Step value) {
        return CompletableFuture.completedFuture(value);
    }

    static io.trane.future.Future<Step> trane(Step value) {
        return io.trane.future.Future.value(value);
    }

    static com.stumbleupon.async.Deferred<Step> async(Step value) {
        return com.stumbleupon.async.Deferred.fromResult(value);
    }

    static ListenableFuture<Step> guava(Step value) {
        return Futures.immediateFuture(value);
    }

    static io.vertx.core.Future<Step> vertx(Step value) {
        return io.vertx.core.Future.succeededFuture(value);
    }

    static io.netty.util.concurrent.Future<Step> netty(Step value) {
        return new SucceededFuture<>(ImmediateEventExecutor.INSTANCE, value);
    }

    static scala.concurrent.Future<Step> scala(Step value) {
        return scala.concurrent.Future.successful(value);
    }

    static Uni<Step> mutiny(Step value) {
        return Uni.createFrom().item(value);
    }

    static Mono<Step> reactor(Step value) {
        return Mono.just(value);
    }

    static Single<Step> rxJava(Step value) {
        return Single.just(value);
    }

    static CompletableDeferred<Step> kotlin(Step value) {
        return CompletableDeferredKt.CompletableDeferred(value);
    }

    static DeferredObject<Step, Throwable, Void> jdeferred(Step value) {
        DeferredObject<Step, Throwable, Void> promise = Promises.jdeferred();
        promise.resolve(value);
        return promise;
    }
}
