// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work over the items of a collection, so many at a time. Twisted has it as a recipe; the idea is that of Synapse's {@code concurrently_execute}.
 *
 * <p><b>Callbacks</b>: the function is called for one item after the other, in their order: for the first ones by the caller's own thread, and for each of the others by the thread that has
 * fired the Deferred of an earlier item. So the calls for neighbors may overlap if several threads fire. What it throws, and null instead of a Deferred, is that item's failure. The Deferreds that it returns are
 * taken: they go on with null. No lock is held meanwhile; a million items need no deeper stack than one, whether their Deferreds have fired when they are returned or not.
 *
 * <p><b>Memory</b>: what the function and the Deferreds' callbacks did happens-before the callbacks of the whole. The whole refers to all items until it has ended.
 *
 * <p><b>Failure</b> of an item: {@link #map} stops at the first, {@link #outcomes} goes on.
 *
 * <p><b>Cancellation</b> of the whole, by a time-out too: no other item is begun, and the Deferreds under way are cancelled, also the one that a call of the function is about to
 * return. When all have ended, however they do and whenever that is, the whole fails with {@link CancelledException}, which has the failures that there were as suppressed exceptions, those aside that the cancel has
 * caused; if every item has ended with a value in spite of it, the whole gives the list. A second cancel reaches what is under way then. After a failure has stopped {@link #map} a cancel is passed on as well, but the
 * whole fails with that failure.
 */
public final class Parallel {
    private Parallel() {}

    /**
     * Gives all values, or stops at the first failure: no other item is begun, those under way are cancelled, and when they have ended the whole fails with {@link FirstErrorException}. First means first in
     * time. The exceptions of those that failed later, those aside that were cancelled by this, are suppressed exceptions of that one; users' exceptions are left as they are.
     *
     * @param items copied; may hold null
     * @param limit how many of the Deferreds may be pending at a time
     * @param function called for each item
     * @param <T> the type of the items
     * @param <R> the type of the values
     * @return a new Deferred: the values in the order of the items, unmodifiable; with no items it has fired
     * @throws IllegalArgumentException if the limit is less than one
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> Deferred<List<R>> map(
            Collection<? extends T> items, int limit, Callback<? super T, ? extends Deferred<? extends R>> function) {
        return new Lanes<T, R, R>(items, limit, function, Lanes.AtFailure.STOP, Masked::as).start();
    }

    /**
     * Gives the outcomes of all. It never fails because of an item.
     *
     * @param items copied; may hold null
     * @param limit how many of the Deferreds may be pending at a time
     * @param function called for each item
     * @param <T> the type of the items
     * @param <R> the type of the values
     * @return a new Deferred: the outcomes in the order of the items, unmodifiable; with no items it has fired
     * @throws IllegalArgumentException if the limit is less than one
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> Deferred<List<Outcome<R>>> outcomes(
            Collection<? extends T> items, int limit, Callback<? super T, ? extends Deferred<? extends R>> function) {
        return new Lanes<T, R, Outcome<R>>(items, limit, function, Lanes.AtFailure.GO_ON, Adapters::outcome).start();
    }
}
