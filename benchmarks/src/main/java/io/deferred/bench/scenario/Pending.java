// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.FutureListener;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import kotlin.Unit;
import kotlin.jvm.functions.Function1;
import kotlinx.coroutines.CompletableDeferred;
import org.jdeferred2.DoneFilter;
import org.jdeferred2.impl.DeferredObject;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A promise that waits, with so many functions on it, one after the other; what is returned is what somebody holds who is going to fire it. Where there is no way to put a function on what another
 * one gives (Netty, Kotlin), all are put on the promise itself; where nothing is kept before somebody subscribes (Mutiny, Reactor, RxJava), somebody does. Functions are constants.
 */
public final class Pending {
    private static final Callback<Step, Step> CALLBACK = s -> s;

    @SuppressWarnings("UnnecessaryLambda") // one for all
    private static final Function<Step, Step> FUNCTION = s -> s;

    private static final com.stumbleupon.async.Callback<Step, Step> ASYNC = s -> s;

    @SuppressWarnings("UnnecessaryLambda") // one for all
    private static final com.google.common.base.Function<Step, Step> GUAVA = s -> s;

    private static final FutureListener<Step> NETTY = f -> {};
    private static final scala.Function1<Step, Step> SCALA = s -> s;
    private static final io.reactivex.rxjava3.functions.Function<Step, Step> RX = s -> s;
    private static final Function1<Throwable, Unit> KOTLIN = t -> Unit.INSTANCE;
    private static final DoneFilter<Step, Step> JDEFERRED = s -> s;

    @SuppressWarnings("UnnecessaryLambda") // one for all
    private static final Consumer<Step> END = s -> {};

    private static final io.reactivex.rxjava3.functions.Consumer<Step> RX_END = s -> {};

    private UniEmitter<? super Step> emitter;

    public Object deferred(int callbacks) {
        Deferred<Step> p = Promises.deferred();
        Deferred<Step> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = end.addCallback(CALLBACK);
        }
        return p;
    }

    public Object completableFuture(int callbacks) {
        CompletableFuture<Step> p = Promises.completableFuture();
        CompletableFuture<Step> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = end.thenApply(FUNCTION);
        }
        return p;
    }

    public Object trane(int callbacks) {
        io.trane.future.Promise<Step> p = Promises.trane();
        io.trane.future.Future<Step> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = end.map(FUNCTION);
        }
        return p;
    }

    public Object async(int callbacks) {
        com.stumbleupon.async.Deferred<Step> p = Promises.async();
        com.stumbleupon.async.Deferred<Step> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = end.addCallback(ASYNC);
        }
        return p;
    }

    public Object guava(int callbacks) {
        SettableFuture<Step> p = Promises.guava();
        ListenableFuture<Step> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = Futures.transform(end, GUAVA, MoreExecutors.directExecutor());
        }
        return p;
    }

    public Object vertx(int callbacks) {
        io.vertx.core.Promise<Step> p = Promises.vertx();
        io.vertx.core.Future<Step> end = p.future();
        for (int i = 0; i < callbacks; i++) {
            end = end.map(FUNCTION);
        }
        return p;
    }

    public Object netty(int callbacks) {
        io.netty.util.concurrent.Promise<Step> p = Promises.netty();
        for (int i = 0; i < callbacks; i++) {
            p.addListener(NETTY);
        }
        return p;
    }

    public Object scala(int callbacks) {
        scala.concurrent.Promise<Step> p = Promises.scala();
        scala.concurrent.Future<Step> end = p.future();
        for (int i = 0; i < callbacks; i++) {
            end = end.map(SCALA, Promises.PARASITIC);
        }
        return p;
    }

    public Object mutiny(int callbacks) {
        Uni<Step> end = Uni.createFrom().emitter(e -> emitter = e);
        for (int i = 0; i < callbacks; i++) {
            end = end.map(FUNCTION);
        }
        end.subscribe().with(END);
        return emitter;
    }

    public Object reactor(int callbacks) {
        Sinks.One<Step> p = Promises.reactor();
        Mono<Step> end = p.asMono();
        for (int i = 0; i < callbacks; i++) {
            end = end.map(FUNCTION);
        }
        end.subscribe(END);
        return p;
    }

    public Object rxJava(int callbacks) {
        SingleSubject<Step> p = Promises.rxJava();
        Single<Step> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = end.map(RX);
        }
        end.subscribe(RX_END);
        return p;
    }

    public Object kotlin(int callbacks) {
        CompletableDeferred<Step> p = Promises.kotlin();
        for (int i = 0; i < callbacks; i++) {
            p.invokeOnCompletion(KOTLIN);
        }
        return p;
    }

    public Object jdeferred(int callbacks) {
        DeferredObject<Step, Throwable, Void> p = Promises.jdeferred();
        org.jdeferred2.Promise<Step, Throwable, Void> end = p;
        for (int i = 0; i < callbacks; i++) {
            end = end.filter(JDEFERRED);
        }
        return p;
    }
}
