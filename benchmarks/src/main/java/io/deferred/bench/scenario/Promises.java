// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.jdeferred2.impl.DeferredObject;
import reactor.core.publisher.Sinks;

/** An unfired promise of each library: several of them call it by the same name. Mutiny has none that stands by itself. */
final class Promises {
    /** Calls at once, on the calling thread. */
    static final scala.concurrent.ExecutionContext PARASITIC = scala.concurrent.ExecutionContext.parasitic$.MODULE$;

    private Promises() {}

    static Deferred<Step> deferred() {
        return new Deferred<>();
    }

    static CompletableFuture<Step> completableFuture() {
        return new CompletableFuture<>();
    }

    static io.trane.future.Promise<Step> trane() {
        return io.trane.future.Promise.apply();
    }

    static com.stumbleupon.async.Deferred<Step> async() {
        return new com.stumbleupon.async.Deferred<>();
    }

    static SettableFuture<Step> guava() {
        return SettableFuture.create();
    }

    static io.vertx.core.Promise<Step> vertx() {
        return io.vertx.core.Promise.promise();
    }

    static io.netty.util.concurrent.Promise<Step> netty() {
        return new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    }

    static scala.concurrent.Promise<Step> scala() {
        return scala.concurrent.Promise.apply();
    }

    static Sinks.One<Step> reactor() {
        return Sinks.one();
    }

    static SingleSubject<Step> rxJava() {
        return SingleSubject.create();
    }

    static CompletableDeferred<Step> kotlin() {
        return CompletableDeferredKt.CompletableDeferred(null);
    }

    static DeferredObject<Step, Throwable, Void> jdeferred() {
        return new DeferredObject<>();
    }
}
