// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits for several Deferreds at once. Twisted's {@code DeferredList}; what it gives is an ordinary {@link Deferred}.
 *
 * <p>The members' results stay where they are: what is added to a member later sees them. A member's failure stays as well, and is reported as unhandled if nobody
 * handles it there, unless {@link Option#CONSUME_ERRORS} is given. A member may be listed twice. Cancelling the list before it has fired cancels every member, and the list fires by
 * its own rules then: one that does not fail by the first failure gives a value, whose outcomes say that they were cancelled, and who cancels a chain that waits for it has what follows go on with that. Callbacks of the list run on the thread that fires the member that decides it.
 */
public final class DeferredList {
    private DeferredList() {}

    /** The flags of Twisted's constructor. */
    public enum Option {
        /** Fire as soon as one member has a value. For {@link DeferredList#first} alone. */
        FIRE_ON_ONE_CALLBACK,
        /** Fail with {@link FirstErrorException} as soon as one member has failed. */
        FIRE_ON_ONE_ERRBACK,
        /** A member that fails goes on with null: its failure is the list's business. */
        CONSUME_ERRORS
    }

    /**
     * What a list that fires on one callback gives.
     *
     * @param <T> the type of the members' values
     */
    public sealed interface First<T extends @Nullable Object> {}

    /**
     * A member had a value, and was the first.
     *
     * @param value the value
     * @param index the member's place, from 0
     * @param <T> the type of the value
     */
    public record One<T extends @Nullable Object>(T value, int index) implements First<T> {}

    /**
     * All members failed.
     *
     * @param outcomes the failures, in the order of the members
     * @param <T> the type that the values would have had
     */
    public record None<T extends @Nullable Object>(List<Outcome<T>> outcomes) implements First<T> {
        /**
         * Takes a copy.
         *
         * @param outcomes the failures, in the order of the members
         */
        public None {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * Waits for all: fires with the outcome of each, in the order of the members, when the last one has fired.
     *
     * @param deferreds the members; copied
     * @param options any but {@link Option#FIRE_ON_ONE_CALLBACK}
     * @param <T> the type of the values
     * @return a new Deferred; it fails only if told to, then with {@link FirstErrorException}
     * @throws IllegalArgumentException if {@link Option#FIRE_ON_ONE_CALLBACK} is given
     */
    public static <T extends @Nullable Object> Deferred<List<Outcome<T>>> all(
            Collection<? extends Deferred<? extends T>> deferreds, Option... options) {
        Set<Option> set = setOf(options);
        if (set.contains(Option.FIRE_ON_ONE_CALLBACK)) {
            throw new IllegalArgumentException("all(...) was given FIRE_ON_ONE_CALLBACK; use first(...) for that");
        }
        if (deferreds.isEmpty()) {
            return Deferred.succeed(List.of());
        }
        Deferred<?>[] members = Gathering.arrayOf(deferreds);
        return new All<T>(members, set).start(members);
    }

    /**
     * Waits for the first value: fires with it, or, when all have failed, with all failures. {@link Option#FIRE_ON_ONE_CALLBACK} is understood.
     *
     * @param deferreds the members; copied
     * @param options with {@link Option#FIRE_ON_ONE_ERRBACK}, whichever comes first decides, a value or a failure
     * @param <T> the type of the values
     * @return a new Deferred; for no members it fails with {@link IllegalArgumentException}
     */
    public static <T extends @Nullable Object> Deferred<First<T>> first(
            Collection<? extends Deferred<? extends T>> deferreds, Option... options) {
        if (deferreds.isEmpty()) {
            return Deferred.fail(
                    new IllegalArgumentException("the first of no Deferreds would never come; give at least one"));
        }
        Deferred<?>[] members = Gathering.arrayOf(deferreds);
        return new FirstOf<T>(members, setOf(options)).start(members);
    }

    private static Set<Option> setOf(Option... options) {
        EnumSet<Option> set = EnumSet.noneOf(Option.class);
        for (Option option : options) {
            set.add(option);
        }
        return set;
    }

    /** The rules that both kinds share. */
    abstract static sealed class Listing<T extends @Nullable Object, R> extends Gathering<T, R> permits All, FirstOf {
        private final Set<Option> options;

        Listing(Deferred<?>[] members, Set<Option> options) {
            super(members);
            this.options = options;
        }

        @Override
        final boolean keepsCancels() {
            return true;
        }

        @Override
        final @Nullable Object ended(int index, @Nullable Object result) {
            if (result instanceof Failure failure) {
                if (options.contains(Option.FIRE_ON_ONE_ERRBACK)) {
                    fire(new Failure(new FirstErrorException(failure, index)));
                }
            } else {
                value(index, result);
            }
            return result instanceof Failure && options.contains(Option.CONSUME_ERRORS) ? null : result;
        }

        @Override
        final void allEnded() {
            fire(Masked.mask(ofAll()));
        }

        void value(int index, @Nullable Object value) {}

        /** What it fires with if no member has decided. */
        abstract R ofAll();
    }

    private static final class All<T extends @Nullable Object> extends Listing<T, List<Outcome<T>>> {
        All(Deferred<?>[] members, Set<Option> options) {
            super(members, options);
        }

        @Override
        List<Outcome<T>> ofAll() {
            return outcomes();
        }
    }

    private static final class FirstOf<T extends @Nullable Object> extends Listing<T, First<T>> {
        FirstOf(Deferred<?>[] members, Set<Option> options) {
            super(members, options);
        }

        @Override
        void value(int index, @Nullable Object value) {
            fire(new One<>(Masked.<T>as(value), index));
        }

        @Override
        First<T> ofAll() {
            return new None<>(outcomes());
        }
    }
}
