// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The bridges to the JDK's futures. */
final class Futures {
    private Futures() {}

    static <T extends @Nullable Object> Deferred<T> fromStage(CompletionStage<? extends T> stage) {
        Objects.requireNonNull(stage, "stage");
        Deferred<T> deferred =
                new Deferred<>(self -> stage.toCompletableFuture().cancel(true));
        stage.whenComplete(
                (value, thrown) -> fire(deferred, thrown == null ? Masked.mask(value) : new Failure(cause(thrown))));
        return deferred;
    }

    static <T extends @Nullable Object> Deferred<T> fromFuture(Future<? extends T> future, Executor executor) {
        Objects.requireNonNull(future, "future");
        Objects.requireNonNull(executor, "executor");
        if (future instanceof CompletionStage<?>) {
            @SuppressWarnings("unchecked") // both are the same object
            CompletionStage<? extends T> stage = (CompletionStage<? extends T>) future;
            return fromStage(stage);
        }
        Deferred<T> deferred = new Deferred<>(self -> future.cancel(true));
        try {
            executor.execute(() -> fire(deferred, resultOf(future)));
        } catch (Throwable rejected) {
            fire(deferred, new Failure(rejected));
        }
        return deferred;
    }

    private static Object resultOf(Future<?> future) {
        try {
            return Masked.mask(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure(e);
        } catch (Throwable t) {
            return new Failure(cause(t));
        }
    }

    /** A result from outside, in slot form: of a Deferred, the failure that says why it is none. */
    static Object checked(Object result, String source) {
        if (result instanceof Deferred<?> deferred) {
            return new Failure(
                    new IllegalArgumentException(
                            source + " gave " + deferred
                                    + ", but a Deferred is never the result of another; return it from a callback instead, which waits for it"));
        }
        return result;
    }

    private static void fire(Deferred<?> deferred, Object result) {
        Object refused = checked(result, "the future");
        if (refused instanceof Failure failure
                && failure.exception() instanceof CancellationException
                && deferred.isCancelling()) {
            return; // the answer to our own cancel: the Deferred fails with CancelledException, as any does
        }
        if (!deferred.fire(refused)) {
            deferred.late(refused);
        }
    }

    /** What went wrong, without the wrappers that futures put round it. */
    private static Throwable cause(Throwable thrown) {
        Throwable t = thrown;
        while ((t instanceof CompletionException || t instanceof ExecutionException) && t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }

    static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(Deferred<T> deferred) {
        CancellingFuture<T> future = new CancellingFuture<>(deferred);
        deferred.add(future.onValue(), future.onFailure());
        return future;
    }

    /** Cancels the Deferred too. What is derived from it is an ordinary CompletableFuture. */
    private static final class CancellingFuture<T extends @Nullable Object> extends CompletableFuture<T> {
        private final Deferred<T> source;

        CancellingFuture(Deferred<T> source) {
            this.source = source;
        }

        Callback<T, @Nullable Object> onValue() {
            return value -> {
                if (!complete(value)) {
                    source.late(Masked.mask(value));
                }
                return Masked.as(null);
            };
        }

        Callback<Failure, @Nullable Object> onFailure() {
            return failure -> {
                if (!completeExceptionally(failure.exception())) {
                    source.late(failure);
                }
                return Masked.as(null);
            };
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = completeExceptionally(new CancellationException("cancelled"));
            if (cancelled) {
                source.cancel();
            }
            return cancelled || isCancelled();
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }
}
