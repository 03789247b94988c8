// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.FailedFuture;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.jdeferred2.impl.DeferredObject;
import reactor.core.publisher.Mono;

/** A promise of each library that has failed from the beginning. Kotlin can make none at once. */
final class Failed {
    private Failed() {}

    static Deferred<Step> deferred(Exception error) {
        return Deferred.fail(error);
    }

    static CompletableFuture<Step> completableFuture(Exception error) {
        return CompletableFuture.failedFuture(error);
    }

    static io.trane.future.Future<Step> trane(Exception error) {
        return io.trane.future.Future.exception(error);
    }

    static com.stumbleupon.async.Deferred<Step> async(Exception error) {
        return com.stumbleupon.async.Deferred.fromError(error);
    }

    static ListenableFuture<Step> guava(Exception error) {
        return Futures.immediateFailedFuture(error);
    }

    static io.vertx.core.Future<Step> vertx(Exception error) {
        return io.vertx.core.Future.failedFuture(error);
    }

    static io.netty.util.concurrent.Future<Step> netty(Exception error) {
        return new FailedFuture<>(ImmediateEventExecutor.INSTANCE, error);
    }

    static scala.concurrent.Future<Step> scala(Exception error) {
        return scala.concurrent.Promise.<Step>failed(error).future();
    }

    static Uni<Step> mutiny(Exception error) {
        return Uni.createFrom().failure(error);
    }

    static Mono<Step> reactor(Exception error) {
        return Mono.error(error);
    }

    static Single<Step> rxJava(Exception error) {
        return Single.error(error);
    }

    static DeferredObject<Step, Throwable, Void> jdeferred(Exception error) {
        DeferredObject<Step, Throwable, Void> promise = Promises.jdeferred();
        promise.reject(error);
        return promise;
    }
}
