// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How to try something again that may fail: how often, after which exceptions, with which pauses, for how long. Immutable, and safe for use by any thread: each method returns a new one. Twisted has it as a recipe.
 *
 * <pre>{@code
 * Retry retry = Retry.upTo(5)
 *         .backoff(Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(10)).jittered(0.2))
 *         .deadline(Duration.ofSeconds(30))
 *         .on(IOException.class);
 * Deferred<String> page = retry.run(scheduler, () -> fetch(url));
 * }</pre>
 *
 * <p><b>Callbacks</b>: the operation is called on the thread that calls {@link #run}, and for each later attempt on the scheduler's thread after a pause, or, without a pause, on the thread that has ended the attempt before. The functions given
 * to {@link #when}, {@link #tapRetry} and {@link #backoff} run on the thread that has ended the attempt. No lock is held meanwhile. An attempt is over before the next one begins; a million
 * attempts need no more stack or memory than two.
 *
 * <p><b>Failure</b>: if all attempts have failed, or one with an exception that is not to be tried again, or the next pause would last until the deadline or beyond, the whole fails with the very {@link Failure} of the last
 * attempt. An exception that one of the functions throws is the failure of the whole, and names that of the attempt as {@link Failure#handling()}; so is that of a backoff that returns null or a negative pause.
 *
 * <p><b>Cancellation</b> of the whole cancels the attempt, also one whose operation is just being called, or ends the pause; no other attempt follows. If the attempt ends with a value or a failure of its own in spite of it, that is the
 * result. {@link CancelledException} in a pause has the exception of the attempt before it as a suppressed one.
 */
public final class Retry {
    /**
     * An attempt that has failed, and will be followed by another.
     *
     * @param number its number, from 1
     * @param failure its failure
     * @param delay the pause that follows
     */
    public record Attempt(int number, Failure failure, Duration delay) {}

    final int attempts;
    final Backoff backoff;
    final @Nullable Duration deadline;
    final Predicate<? super Throwable> when;
    final Consumer<Attempt> observer;

    private Retry(
            int attempts,
            Backoff backoff,
            @Nullable Duration deadline,
            Predicate<? super Throwable> when,
            Consumer<Attempt> observer) {
        this.attempts = attempts;
        this.backoff = backoff;
        this.deadline = deadline;
        this.when = when;
        this.observer = observer;
    }

    /**
     * Returns one that tries so often: without pauses, without a deadline, and after every {@link Exception} that is neither a {@link CancellationException} nor an {@link InterruptedException}.
     *
     * @param attempts how many there are at most, the first one included
     * @return a new one
     * @throws IllegalArgumentException if that is less than one
     */
    public static Retry upTo(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("there must be at least one attempt, not " + attempts);
        }
        return new Retry(attempts, Backoff.none(), null, Retry::isUsual, attempt -> {});
    }

    private static boolean isUsual(Throwable exception) {
        return exception instanceof Exception
                && !(exception instanceof CancellationException)
                && !(exception instanceof InterruptedException);
    }

    /**
     * Sets the pauses between attempts.
     *
     * @param backoff asked after each failed attempt that another may follow. A pause of zero is none: the next attempt begins at once, without the scheduler
     * @return a new one
     */
    public Retry backoff(Backoff backoff) {
        return new Retry(attempts, Objects.requireNonNull(backoff, "backoff"), deadline, when, observer);
    }

    /**
     * Sets how long all attempts together may take. An attempt that is pending then is cancelled as {@link Deferred#addTimeout(Duration, Scheduler)} does it, and the whole fails with {@link
     * java.util.concurrent.TimeoutException}; a pause that would last until then is not begun.
     *
     * @param deadline from the call of {@link #run} on
     * @return a new one
     * @throws IllegalArgumentException if it is not positive
     */
    public Retry deadline(Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("the deadline must be positive, not " + deadline);
        }
        return new Retry(attempts, backoff, deadline, when, observer);
    }

    /**
     * Sets after which exceptions another attempt follows: those of these types, {@link Error}s and {@link CancellationException}s too if they are. It takes the place of what was set before by this or {@link #when}.
     *
     * @param types the types
     * @return a new one
     * @throws IllegalArgumentException if there are none
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final Retry on(Class<? extends Throwable>... types) {
        List<Class<? extends Throwable>> copy = List.of(types);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("name at least one type of exception, or nothing would be tried again");
        }
        return when(exception -> copy.stream().anyMatch(type -> type.isInstance(exception)));
    }

    /**
     * Sets after which exceptions another attempt follows, {@link Error}s and {@link CancellationException}s too. It takes the place of what was set before by this or {@link #on}.
     *
     * @param predicate given the exception of each failed attempt but the last
     * @return a new one
     */
    public Retry when(Predicate<? super Throwable> predicate) {
        return new Retry(attempts, backoff, deadline, Objects.requireNonNull(predicate, "predicate"), observer);
    }

    /**
     * Adds an observer, which is told of each failed attempt that another is to follow, before the pause: those are the failures that nobody else is told.
     *
     * @param observer called after those that were added before it
     * @return a new one
     */
    public Retry tapRetry(Consumer<? super Attempt> observer) {
        Objects.requireNonNull(observer, "observer");
        return new Retry(attempts, backoff, deadline, when, this.observer.andThen(observer));
    }

    /**
     * Tries: calls the operation, now, and again as this says until its Deferred gives a value. The Deferreds that it returns are taken: they go on with null.
     *
     * @param scheduler measures the pauses and the deadline
     * @param operation called for each attempt. What it throws, and null instead of a Deferred, is the attempt's failure
     * @param <T> the type of its value
     * @return a new Deferred, which gives the value of the first attempt that has one. When it has ended, nothing is left armed
     */
    public <T extends @Nullable Object> Deferred<T> run(
            Scheduler scheduler, Callable<? extends Deferred<? extends T>> operation) {
        return new Attempts<T>(this, scheduler, operation).start();
    }

    /** The pause that somebody's backoff has returned. */
    static long checkedNanos(@Nullable Duration pause) {
        return Durations.nanos(
                Objects.requireNonNull(pause, "the backoff returned null for a pause; Duration.ZERO is none"),
                "pause that the backoff returned");
    }
}
