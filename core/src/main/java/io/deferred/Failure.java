// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exception on its way through the errbacks of a {@link Deferred}. Twisted's {@code Failure}.
 *
 * <p>The exception is never changed or wrapped, and the same exception on its way keeps the same Failure. What an errback throws anew becomes a new
 * Failure that knows the one it was handling.
 *
 * <p>Immutable, and safe for use by any thread.
 */
public final class Failure {
    /** The Throwable alone (the usual, in 16 bytes), or a {@link WhileHandling}. */
    private final Object content;

    private record WhileHandling(Throwable exception, Failure handled) {}

    /**
     * Wraps an exception.
     *
     * @param exception what went wrong
     * @throws NullPointerException if it is null
     */
    public Failure(Throwable exception) {
        this.content = Objects.requireNonNull(exception, "exception");
    }

    private Failure(WhileHandling content) {
        this.content = content;
    }

    /** The failure that a stage leaves when this was thrown out of it: the one it was given if it passed it on. */
    static Failure caught(Throwable thrown, Object given, @Nullable Pipeline where) {
        boolean passedOn = given instanceof Failure before && before.exception() == thrown;
        if (thrown instanceof InterruptedException && !passedOn) {
            Thread.currentThread().interrupt(); // the thread is the caller's: it must not miss that somebody wants it
        }
        Failure failure;
        if (given instanceof Failure handled) {
            failure = handled.exception() == thrown ? handled : new Failure(new WhileHandling(thrown, handled));
        } else {
            failure = new Failure(thrown);
        }
        if (thrown instanceof VirtualMachineError) {
            UnhandledFailures.report(
                    failure,
                    (where == null ? "a function" : "a callback of " + where.describe())
                            + ", at once: the JVM may not last");
        }
        return failure;
    }

    /**
     * Returns the exception.
     *
     * @return the very object that was thrown, or given to {@code errback}
     */
    public Throwable exception() {
        return content instanceof WhileHandling nested ? nested.exception() : (Throwable) content;
    }

    /**
     * Returns the failure that an errback was handling when it threw this one.
     *
     * @return empty if this one arose by itself
     */
    public Optional<Failure> handling() {
        return content instanceof WhileHandling nested ? Optional.of(nested.handled()) : Optional.empty();
    }

    /**
     * Returns the exception if it is of this type.
     *
     * @param type the type, or a superclass or interface of what is looked for
     * @param <E> the same
     * @return empty if the exception is of another type
     */
    public <E extends Throwable> Optional<E> check(Class<E> type) {
        return type.isInstance(exception()) ? Optional.of(type.cast(exception())) : Optional.empty();
    }

    /**
     * Returns the first of these types that the exception has.
     *
     * @param types the types, tried in this order
     * @return empty if it has none of them
     */
    @SafeVarargs
    public final Optional<Class<? extends Throwable>> check(Class<? extends Throwable>... types) {
        for (Class<? extends Throwable> type : types) {
            if (type.isInstance(exception())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the exception if it is of this type, and throws it otherwise: the first line of an errback that handles one kind of error.
     *
     * @param type the type that the caller handles
     * @param <E> the same
     * @return the exception
     */
    public <E extends Throwable> E trap(Class<E> type) {
        return check(type).orElseGet(this::raise);
    }

    /**
     * Returns the first of these types that the exception has, and throws the exception if it has none of them.
     *
     * @param types the types that the caller handles
     * @return the type found
     */
    @SafeVarargs
    public final Class<? extends Throwable> trap(Class<? extends Throwable>... types) {
        return check(types).orElseGet(this::raise);
    }

    /**
     * Throws the exception itself, checked or not, with its own stack trace. It fits where a value of any type is expected, so that an errback can be {@code
     * f -> f.raise()}.
     *
     * @param <R> whatever the place wants
     * @return never
     */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"
    }) // it stands for a value of any type, and is to be called
    public <R extends @Nullable Object> R raise() {
        throw Failure.<RuntimeException>sneak(exception());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneak(Throwable exception) throws E {
        throw (E) exception;
    }

    /**
     * Returns the stack trace in full, as {@link Throwable#printStackTrace()} prints it, and that of each failure that was being handled when the one before
     * it arose.
     *
     * @return lines, the last one ended
     */
    public String trace() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        exception().printStackTrace(out);
        for (Optional<Failure> f = handling(); f.isPresent(); f = f.get().handling()) {
            out.print("While handling: ");
            f.get().exception().printStackTrace(out);
        }
        out.flush();
        return text.toString();
    }

    /** Returns the exception's own text behind the word Failure. */
    @Override
    public String toString() {
        return "Failure[" + Shown.brief(exception()) + "]";
    }
}
