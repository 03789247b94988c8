// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a few Deferreds of different types and combines their values.
 *
 * <p>The joins fail with {@link FirstErrorException} as soon as a member has failed. That failure is the join's from then on, and the member goes on with null; should other members fail
 * later, each keeps its own failure, to be handled or reported there. Values stay with the members. Cancelling a join cancels every member, or, once the function has been called and returned a Deferred, that
 * one.
 */
public final class Join {
    private Join() {}

    private static <R extends @Nullable Object> Deferred<R> all(
            Callback<List<@Nullable Object>, R> function, Deferred<?>... members) {
        Deferred<List<@Nullable Object>> values = GatherResults.joining(members);
        return values.addCallback(function);
    }

    /**
     * A function of two values.
     *
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Of2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {
        /**
         * Combines the values.
         *
         * @param a a value
         * @param b a value
         * @return the result; a Deferred is waited for
         * @throws Exception becomes the failure of the join
         */
        R call(A a, B b) throws Exception;
    }

    /**
     * A function of three values.
     *
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <C> the type of a value
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Of3<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            R extends @Nullable Object> {
        /**
         * Combines the values.
         *
         * @param a a value
         * @param b a value
         * @param c a value
         * @return the result; a Deferred is waited for
         * @throws Exception becomes the failure of the join
         */
        R call(A a, B b, C c) throws Exception;
    }

    /**
     * A function of four values.
     *
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <C> the type of a value
     * @param <D> the type of a value
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Of4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            R extends @Nullable Object> {
        /**
         * Combines the values.
         *
         * @param a a value
         * @param b a value
         * @param c a value
         * @param d a value
         * @return the result; a Deferred is waited for
         * @throws Exception becomes the failure of the join
         */
        R call(A a, B b, C c, D d) throws Exception;
    }

    /**
     * A function of five values.
     *
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <C> the type of a value
     * @param <D> the type of a value
     * @param <E> the type of a value
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Of5<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            R extends @Nullable Object> {
        /**
         * Combines the values.
         *
         * @param a a value
         * @param b a value
         * @param c a value
         * @param d a value
         * @param e a value
         * @return the result; a Deferred is waited for
         * @throws Exception becomes the failure of the join
         */
        R call(A a, B b, C c, D d, E e) throws Exception;
    }

    /**
     * Joins two.
     *
     * @param a a member
     * @param b a member
     * @param function combines their values
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <R> the type of the result
     * @return a new Deferred
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Deferred<R> of(
            Deferred<? extends A> a, Deferred<? extends B> b, Of2<? super A, ? super B, ? extends R> function) {
        return all(v -> function.call(Masked.<A>as(v.get(0)), Masked.<B>as(v.get(1))), a, b);
    }

    /**
     * Joins three.
     *
     * @param a a member
     * @param b a member
     * @param c a member
     * @param function combines their values
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <C> the type of a value
     * @param <R> the type of the result
     * @return a new Deferred
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Deferred<R> of(
                    Deferred<? extends A> a,
                    Deferred<? extends B> b,
                    Deferred<? extends C> c,
                    Of3<? super A, ? super B, ? super C, ? extends R> function) {
        return all(v -> function.call(Masked.<A>as(v.get(0)), Masked.<B>as(v.get(1)), Masked.<C>as(v.get(2))), a, b, c);
    }

    /**
     * Joins four.
     *
     * @param a a member
     * @param b a member
     * @param c a member
     * @param d a member
     * @param function combines their values
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <C> the type of a value
     * @param <D> the type of a value
     * @param <R> the type of the result
     * @return a new Deferred
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Deferred<R> of(
                    Deferred<? extends A> a,
                    Deferred<? extends B> b,
                    Deferred<? extends C> c,
                    Deferred<? extends D> d,
                    Of4<? super A, ? super B, ? super C, ? super D, ? extends R> function) {
        return all(
                v -> function.call(
                        Masked.<A>as(v.get(0)), Masked.<B>as(v.get(1)), Masked.<C>as(v.get(2)), Masked.<D>as(v.get(3))),
                a,
                b,
                c,
                d);
    }

    /**
     * Joins five.
     *
     * @param a a member
     * @param b a member
     * @param c a member
     * @param d a member
     * @param e a member
     * @param function combines their values
     * @param <A> the type of a value
     * @param <B> the type of a value
     * @param <C> the type of a value
     * @param <D> the type of a value
     * @param <E> the type of a value
     * @param <R> the type of the result
     * @return a new Deferred
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            Deferred<R> of(
                    Deferred<? extends A> a,
                    Deferred<? extends B> b,
                    Deferred<? extends C> c,
                    Deferred<? extends D> d,
                    Deferred<? extends E> e,
                    Of5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function) {
        return all(
                v -> function.call(
                        Masked.<A>as(v.get(0)),
                        Masked.<B>as(v.get(1)),
                        Masked.<C>as(v.get(2)),
                        Masked.<D>as(v.get(3)),
                        Masked.<E>as(v.get(4))),
                a,
                b,
                c,
                d,
                e);
    }
}
