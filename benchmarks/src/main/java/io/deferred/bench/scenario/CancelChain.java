// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Job;
import org.openjdk.jmh.annotations.Benchmark;

/** A chain of ten functions, of which the last one handles what comes of a cancel from the outside. */
public class CancelChain extends Failing {
    private static final int LENGTH = 9;

    /** A cancel goes to the promise itself: the functions are its own. */
    @Benchmark
    public Object deferred() {
        Deferred<Step> end = Promises.deferred();
        for (int i = 0; i < LENGTH; i++) {
            end = end.addCallback(NextSteps.CALLBACKS.at(i));
        }
        end = end.addErrback(ERRBACK);
        end.cancel();
        return Results.of(end);
    }

    /** No cancel goes inwards, so that it is the innermost that has to be cancelled. */
    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Step> p = Promises.completableFuture();
        CompletableFuture<Step> end = p;
        for (int i = 0; i < LENGTH; i++) {
            end = end.thenApply(NextSteps.FUNCTIONS.at(i));
        }
        end = end.exceptionally(FUNCTION);
        p.cancel(false);
        return Results.of(end);
    }

    /** What is raised goes inwards, to a handler that has to fail the promise. */
    @Benchmark
    public Object trane() throws Exception {
        io.trane.future.Future<Step> end = io.trane.future.Promise.create(p -> p::setException);
        for (int i = 0; i < LENGTH; i++) {
            end = end.map(NextSteps.FUNCTIONS.at(i));
        }
        end = end.rescue(TRANE);
        end.raise(new Cancelled());
        return Results.of(end);
    }

    /** As in CompletableFuture's case, but the cancel goes inwards. */
    @Benchmark
    public Object guava() throws Exception {
        SettableFuture<Step> p = Promises.guava();
        ListenableFuture<Step> inner = p;
        for (int i = 0; i < LENGTH; i++) {
            inner = Futures.transform(inner, NextSteps.GUAVA.at(i), MoreExecutors.directExecutor());
        }
        ListenableFuture<Step> end =
                Futures.catching(inner, CancellationException.class, GUAVA, MoreExecutors.directExecutor());
        inner.cancel(false);
        return Results.of(end);
    }

    /** A cancel goes inwards, and the end of the innermost outwards, by listeners. */
    @Benchmark
    public Object netty() {
        io.netty.util.concurrent.Promise<Step> end = Promises.netty();
        for (int i = 1; i < LENGTH; i++) {
            io.netty.util.concurrent.Promise<Step> outer = Promises.netty();
            PromiseNotifier.cascade(end, outer);
            end = outer;
        }
        end.addListener(f -> last = f.isCancelled() ? HANDLED : null);
        end.cancel(false);
        return told();
    }

    /** A parent that is cancelled cancels its children. */
    @Benchmark
    public Object kotlin() {
        CompletableDeferred<Step> p = Promises.kotlin();
        CompletableDeferred<Step> end = p;
        for (int i = 1; i < LENGTH; i++) {
            end = CompletableDeferredKt.CompletableDeferred((Job) end);
        }
        end.invokeOnCompletion(error -> {
            last = error instanceof CancellationException ? HANDLED : null;
            return Unit.INSTANCE;
        });
        p.cancel((CancellationException) null);
        return told();
    }
}
