// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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
    /** The Throwable alone (the usual, in 16 bytes), a {@link WhileHandling}, {@link WithAttached}, or in debug mode an {@link Origin}. */
    private final Object content;

    private record WhileHandling(Throwable exception, Failure handled) {}

    private record WithAttached(Failure base, Throwable attached) {}

    /**
     * Wraps an exception.
     *
     * @param exception what went wrong
     * @throws NullPointerException if it is null
     */
    public Failure(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        this.content = Debugging.isFull() ? Origin.made(exception, null) : exception;
    }

    private Failure(Object content) {
        this.content = content;
    }

    /** The failure that a stage leaves when this was thrown out of it: the one it was given if it passed it on. */
    static Failure caught(Throwable thrown, Object given, @Nullable Pipeline where) {
        boolean passedOn = given instanceof Failure before && before.exception() == thrown;
        if (thrown instanceof InterruptedException && !passedOn) {
            Thread.currentThread().interrupt(); // the thread is the caller's: it must not miss that somebody wants it
        }
        Failure failure = passedOn ? (Failure) given : arisen(thrown, given instanceof Failure f ? f : null, where);
        if (thrown instanceof VirtualMachineError) {
            UnhandledFailures.report(
                    failure,
                    (where == null ? "a function" : "a callback of " + where.describe())
                            + ", at once: the JVM may not last");
        }
        return failure;
    }

    /** The failure of a stage of the pipeline, which this library has found. */
    static Failure in(Pipeline where, Throwable exception) {
        return arisen(exception, null, where);
    }

    private static Failure arisen(Throwable thrown, @Nullable Failure handled, @Nullable Pipeline where) {
        Story story = where == null ? null : where.story();
        if (story != null) {
            return new Failure((Object) Origin.in(story, thrown, handled));
        }
        if (Debugging.isFull()) {
            return new Failure((Object) Origin.made(thrown, handled));
        }
        return handled == null ? new Failure(thrown) : new Failure((Object) new WhileHandling(thrown, handled));
    }

    /** What it knows of where it comes from; null if it did not arise in debug mode. */
    @Nullable
    Origin origin() {
        if (content instanceof WithAttached with) {
            return with.base().origin();
        }
        return content instanceof Origin origin ? origin : null;
    }

    /** A failure that a Deferred is to be fired with. */
    static Failure toFire(Pipeline deferred, Throwable exception) {
        return deferred.story() == null || Debugging.isFull()
                ? new Failure(exception)
                : new Failure((Object) Origin.made(exception, null));
    }

    /** One Deferred has given it to the other; from nobody, if the other was fired with it. */
    void goes(@Nullable Story from, Story to) {
        Origin origin = origin();
        if (origin != null) {
            origin.goes(from, to);
        }
    }

    /**
     * Returns the exception.
     *
     * @return the very object that was thrown, or given to {@code errback}
     */
    public Throwable exception() {
        if (content instanceof WhileHandling nested) {
            return nested.exception();
        }
        if (content instanceof WithAttached with) {
            return with.base().exception();
        }
        return content instanceof Origin origin ? origin.exception : (Throwable) content;
    }

    /**
     * Returns the failure that an errback was handling when it threw this one.
     *
     * @return empty if this one arose by itself
     */
    public Optional<Failure> handling() {
        Origin origin = origin();
        if (origin != null) {
            return Optional.ofNullable(origin.handled);
        }
        if (content instanceof WithAttached with) {
            return with.base().handling();
        }
        return content instanceof WhileHandling nested ? Optional.of(nested.handled()) : Optional.empty();
    }

    /**
     * Returns the same failure with one exception more to tell of: what went wrong while the failed operation was being cleaned up, say. The exception of this failure is not changed by it, as {@link
     * Throwable#addSuppressed} would do.
     *
     * @param attached what went wrong besides
     * @return a new one, of the same exception
     */
    public Failure withAttached(Throwable attached) {
        return new Failure((Object) new WithAttached(this, Objects.requireNonNull(attached, "attached")));
    }

    /**
     * Returns what went wrong besides, see {@link #withAttached}.
     *
     * @return a new list, in the order in which they were attached
     */
    public List<Throwable> attached() {
        if (content instanceof WithAttached with) {
            List<Throwable> all = new ArrayList<>(with.base().attached());
            all.add(with.attached());
            return all;
        }
        return List.of();
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
     * Returns the stack trace in full, as {@link Throwable#printStackTrace()} prints it, that of each exception that is attached, and that of each failure that was being handled when the one before
     * it arose. Of what arose in debug mode, see {@link Debugging}, each is followed by its async trace: the callback that threw it and where that was attached, and the stories of the Deferreds that it has gone through.
     *
     * @return lines, the last one ended
     */
    public String trace() {
        return text(true);
    }

    /** All of that but the async traces. */
    String stackTraces() {
        return text(false);
    }

    private String text(boolean withAsync) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        printTo(out, withAsync);
        for (Optional<Failure> f = handling(); f.isPresent(); f = f.get().handling()) {
            out.print("While handling: ");
            f.get().printTo(out, withAsync);
        }
        out.flush();
        return text.toString();
    }

    private void printTo(PrintWriter out, boolean withAsync) {
        exception().printStackTrace(out);
        for (Throwable attached : attached()) {
            out.print("Attached: ");
            attached.printStackTrace(out);
        }
        String async = withAsync ? AsyncTrace.of(this, null) : "";
        if (!async.isEmpty()) {
            out.println(async);
        }
    }

    /** Returns the exception's own text behind the word Failure. */
    @Override
    public String toString() {
        return "Failure[" + Shown.brief(exception()) + "]";
    }
}
