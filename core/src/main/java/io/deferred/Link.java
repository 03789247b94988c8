// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a Deferred that waits at the end of a long row out of whose middle some have been left: it really waits for {@link #inner()}, and
 * shows {@link #first}.
 *
 * <p>A loop that is written as recursion makes each turn wait for the next one. A turn that has nothing left to do but to give its result to the turn before
 * need not be kept in between, unless somebody adds to it or pauses it later; then it is put back, in its place, when the result comes by.
 */
final class Link extends Token {
    /** So many in a row before they are left out: a short row stays as it was made. Fits the cache of small Integers. */
    static final int LIMIT = 100;

    final Pipeline first;

    /** Written by the one thread that may resume the row; read by any. */
    private volatile Pipeline inner;

    private volatile boolean done;

    private int times; // confined to the thread that may resume the row

    /** Outermost first. Guarded by this. */
    private final TreeSet<Place> putBack = new TreeSet<>(
            Comparator.comparingInt(Place::number).thenComparing(Place::toEnd, Comparator.reverseOrder()));

    private record Place(Pipeline pipeline, int number, int toEnd) {}

    Link(Pipeline first, Pipeline inner) {
        this.first = first;
        this.inner = inner;
    }

    Pipeline inner() {
        return inner;
    }

    /** The result has come by: those still left out have fired, and have null. */
    boolean isDone() {
        return done;
    }

    /** Some more have been left out, and the row waits for the next one. */
    int moveTo(Pipeline next) {
        inner = next;
        return ++times;
    }

    /** Puts a pipeline that was left out back into the row. Does nothing if it is back already, or the result has come by. */
    synchronized void putBack(Pipeline pipeline, LeftOut mark, Pipeline shown, int toEnd) {
        if (done || !pipeline.cas(mark, shown)) {
            return;
        }
        putBack.add(new Place(pipeline, mark.number(), toEnd));
    }

    /**
     * Ends the leaving-out: makes those that were put back wait for one another as they did. Called by the thread that may resume the row.
     *
     * @return the one that now waits for the giver; null if this has been done before
     */
    @Nullable
    Pipeline unfold(Pipeline top, Pipeline giver) {
        List<Place> back;
        synchronized (this) {
            if (done) {
                return null;
            }
            done = true;
            back = List.copyOf(putBack);
        }
        Pipeline outer = top;
        for (Place place : back) {
            outer.waitInsteadFor(place.pipeline());
            place.pipeline().passTo(outer);
            outer = place.pipeline();
        }
        outer.waitInsteadFor(giver);
        return outer;
    }
}
