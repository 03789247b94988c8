// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stages that are made of a user's function of another shape. A stage that returns the Failure it was given passes it on as it is. */
final class Adapters {
    private Adapters() {}

    /** Leaves null. */
    static final Callback<@Nullable Object, @Nullable Object> TO_NULL = ignored -> Masked.as(null);

    static <A extends @Nullable Object> Callback<A, A> tap(Consumer<? super A> observer) {
        Objects.requireNonNull(observer, "observer");
        return argument -> {
            observer.accept(argument);
            return argument;
        };
    }

    static <A extends @Nullable Object> Callback<A, @Nullable Object> end(Consumer<? super A> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return argument -> {
            consumer.accept(argument);
            return Masked.as(null);
        };
    }

    static <E extends Throwable> Callback<Failure, @Nullable Object> typed(
            Class<E> type, Callback<? super E, ? extends @Nullable Object> errback) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(errback, "errback");
        return failure -> {
            Throwable exception = failure.exception();
            return type.isInstance(exception) ? errback.call(type.cast(exception)) : failure;
        };
    }

    static <T extends @Nullable Object> Callback<@Nullable Object, @Nullable Object> both(
            Callback<? super Outcome<T>, ? extends @Nullable Object> both) {
        Objects.requireNonNull(both, "both");
        return argument -> both.call(outcome(argument));
    }

    static <T extends @Nullable Object> Callback<@Nullable Object, @Nullable Object> tapBoth(
            Consumer<? super Outcome<T>> observer) {
        Objects.requireNonNull(observer, "observer");
        return argument -> {
            observer.accept(outcome(argument));
            return argument;
        };
    }

    /** The outcome that a stage is given: a Failure, or a value. */
    static <T extends @Nullable Object> Outcome<T> outcome(@Nullable Object argument) {
        return argument instanceof Failure failure
                ? new Outcome.Failed<>(failure)
                : new Outcome.Success<>(Masked.as(argument));
    }

    /** The slot form of an outcome. */
    static Object slot(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed
                ? failed.failure()
                : Masked.mask(((Outcome.Success<?>) outcome).value());
    }
}
