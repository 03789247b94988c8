// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.AsyncFunction;
import com.google.common.util.concurrent.FluentFuture;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.bench.Step;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A hundred requests of twelve stages each: nine functions, two that return a promise which is fired later, and one that looks at the outcome; a time-out at the end, which is beaten. The last request is
 * cancelled while it waits for its second inner promise, and a last function handles that. Figures are for one request.
 */
public class RequestPipeline extends Ensuring {
    private static final int REQUESTS = 100;
    private static final Step NORMAL = Step.after(3);
    private static final Step CANCELLED = Step.after(5);

    private final Timekeeper timekeeper = new Timekeeper();

    @Override
    public Object expected() {
        return NORMAL;
    }

    @Override
    public int operations() {
        return REQUESTS;
    }

    @Override
    public void close() {
        timekeeper.close();
    }

    private interface Request {
        Object handle(boolean cancelled) throws Exception;
    }

    /** Runs all requests. */
    private Object all(Request request) throws Exception {
        for (int i = 1; i <= REQUESTS; i++) {
            boolean cancelled = i == REQUESTS;
            Object result = request.handle(cancelled);
            if (result != (cancelled ? CANCELLED : NORMAL)) {
                return "request " + i + " gave " + result;
            }
        }
        return counted(NORMAL, REQUESTS);
    }

    @Benchmark
    public Object deferred() throws Exception {
        return all(cancelled -> {
            Deferred<Step> p = Promises.deferred();
            Deferred<Step> first = Promises.deferred();
            Deferred<Step> second = Promises.deferred();
            Deferred<Step> end = p.addCallback(Step::next)
                    .addCallback(Step::next)
                    .addCallback(Step::next)
                    .chainCallback(s -> first)
                    .addCallback(Step::next)
                    .addCallback(Step::next)
                    .addCallback(Step::next)
                    .chainCallback(s -> second)
                    .addCallback(Step::next)
                    .addCallback(Step::next)
                    .addCallback(Step::next)
                    .tapBoth(observer)
                    .addTimeout(Timekeeper.LONG, timekeeper.scheduler())
                    .addErrback(CancelledException.class, e -> CANCELLED);
            p.callback(Step.START);
            first.callback(Step.START);
            if (cancelled) {
                end.cancel();
            } else {
                second.callback(Step.START);
            }
            return Results.of(end);
        });
    }

    /** No cancel goes inwards, so that it is the inner one that has to be cancelled. */
    @Benchmark
    public Object completableFuture() throws Exception {
        return all(cancelled -> {
            CompletableFuture<Step> p = Promises.completableFuture();
            CompletableFuture<Step> first = Promises.completableFuture();
            CompletableFuture<Step> second = Promises.completableFuture();
            CompletableFuture<Step> end = p.thenApply(Step::next)
                    .thenApply(Step::next)
                    .thenApply(Step::next)
                    .thenCompose(s -> first)
                    .thenApply(Step::next)
                    .thenApply(Step::next)
                    .thenApply(Step::next)
                    .thenCompose(s -> second)
                    .thenApply(Step::next)
                    .thenApply(Step::next)
                    .thenApply(Step::next)
                    .whenComplete(valueAndError)
                    .orTimeout(1, TimeUnit.HOURS)
                    .exceptionally(e -> e.getCause() instanceof CancellationException ? CANCELLED : null);
            p.complete(Step.START);
            first.complete(Step.START);
            if (cancelled) {
                second.cancel(false);
            } else {
                second.complete(Step.START);
            }
            return Results.of(end);
        });
    }

    /** What is raised does not go to a promise that a function has returned, so that this has to be failed. */
    @Benchmark
    public Object trane() throws Exception {
        return all(cancelled -> {
            io.trane.future.Promise<Step> p = Promises.trane();
            io.trane.future.Promise<Step> first = Promises.trane();
            io.trane.future.Promise<Step> second = Promises.trane();
            io.trane.future.Future<Step> end = p.map(Step::next)
                    .map(Step::next)
                    .map(Step::next)
                    .flatMap(s -> first)
                    .map(Step::next)
                    .map(Step::next)
                    .map(Step::next)
                    .flatMap(s -> second)
                    .map(Step::next)
                    .map(Step::next)
                    .map(Step::next)
                    .ensure(runnable)
                    .within(Timekeeper.LONG, timekeeper.executor())
                    .rescue(e -> e instanceof Cancelled ? io.trane.future.Future.value(CANCELLED) : null);
            p.setValue(Step.START);
            first.setValue(Step.START);
            if (cancelled) {
                second.setException(new Cancelled());
            } else {
                second.setValue(Step.START);
            }
            return Results.of(end);
        });
    }

    @Benchmark
    public Object guava() throws Exception {
        return all(cancelled -> {
            SettableFuture<Step> p = Promises.guava();
            SettableFuture<Step> first = Promises.guava();
            SettableFuture<Step> second = Promises.guava();
            AsyncFunction<Step, Step> waitForFirst = s -> first;
            AsyncFunction<Step, Step> waitForSecond = s -> second;
            FluentFuture<Step> inner = FluentFuture.from(p)
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transformAsync(waitForFirst, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transformAsync(waitForSecond, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor())
                    .transform(Step::next, MoreExecutors.directExecutor());
            inner.addListener(runnable, MoreExecutors.directExecutor());
            FluentFuture<Step> limited = inner.withTimeout(Timekeeper.LONG, timekeeper.executor());
            ListenableFuture<Step> end =
                    limited.catching(CancellationException.class, e -> CANCELLED, MoreExecutors.directExecutor());
            p.set(Step.START);
            first.set(Step.START);
            if (cancelled) {
                limited.cancel(false);
            } else {
                second.set(Step.START);
            }
            return Results.of(end);
        });
    }

    /** There is no cancel, so that the inner one has to be failed. */
    @Benchmark
    public Object vertx() throws Exception {
        return all(cancelled -> {
            io.vertx.core.Promise<Step> p = Promises.vertx();
            io.vertx.core.Promise<Step> first = Promises.vertx();
            io.vertx.core.Promise<Step> second = Promises.vertx();
            io.vertx.core.Future<Step> end = p.future()
                    .map(Step::next)
                    .map(Step::next)
                    .map(Step::next)
                    .compose(s -> first.future())
                    .map(Step::next)
                    .map(Step::next)
                    .map(Step::next)
                    .compose(s -> second.future())
                    .map(Step::next)
                    .map(Step::next)
                    .map(Step::next)
                    .onComplete(vertxHandler)
                    .timeout(Timekeeper.LONG)
                    .otherwise(e -> e instanceof Cancelled ? CANCELLED : null);
            p.complete(Step.START);
            first.complete(Step.START);
            if (cancelled) {
                second.fail(new Cancelled());
            } else {
                second.complete(Step.START);
            }
            return Results.of(end);
        });
    }
}
