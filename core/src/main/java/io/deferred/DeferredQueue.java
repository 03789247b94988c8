// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue from which one gets Deferreds: an item that is there at once, or the one that will be put when it is the caller's turn. Twisted's {@code DeferredQueue}.
 *
 * <p><b>Callbacks</b> of one who waits run on the thread that puts the item, first come, first served; no lock of this library is held meanwhile. An item that such a callback puts into the same queue is given
 * away when it has returned: a million of them need no deeper stack than one.
 *
 * <p><b>Memory</b>: what was done before an item was put happens-before the callbacks of the one who gets it.
 *
 * <p><b>Failure</b>: {@link #put} throws when the queue is full, {@link #get} when too many wait; nothing is changed by that. An item that is a {@link Failure} fails the one who gets it.
 *
 * <p><b>Cancellation</b> of one who waits takes it out of the line: the item goes to the next.
 *
 * <p>This class is safe for use by any thread.
 *
 * @param <T> the type of the items; null is one
 */
public final class DeferredQueue<T extends @Nullable Object> extends Handover<T> {
    /** For {@code size} and {@code backlog}: no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final int size;
    private final int backlog;
    private final ArrayDeque<Object> items = new ArrayDeque<>(); // guarded by this

    /** Makes one without limits. */
    public DeferredQueue() {
        this(UNLIMITED, UNLIMITED);
    }

    /**
     * Makes one with limits.
     *
     * @param size how many items are held at most; with zero, an item can only be put when somebody waits for it
     * @param backlog how many may wait at most; with zero, one can only get what is there
     * @throws IllegalArgumentException if one of them is negative
     */
    public DeferredQueue(int size, int backlog) {
        this.size = notNegative(size, "size");
        this.backlog = notNegative(backlog, "backlog");
    }

    private static int notNegative(int limit, String what) {
        if (limit < 0) {
            throw new IllegalArgumentException("the " + what + " of a queue must not be negative: " + limit);
        }
        return limit;
    }

    /**
     * Puts an item: gives it to the one who has waited longest, whose callbacks then run within this call, or keeps it. Never blocks.
     *
     * @param item what is put
     * @throws QueueOverflowException if nobody waits and the queue is full
     * @throws IllegalArgumentException if the item is a Deferred, which cannot be a result
     */
    public void put(T item) {
        handOver(Masked.mask(Deferred.checkedResult(item)));
    }

    /**
     * Gets an item: the oldest one, or, if there is none, the one that is put when it is this one's turn. Never blocks.
     *
     * @return a new Deferred. Cancelling it leaves the line, and it fails with {@link CancelledException}
     * @throws QueueUnderflowException if there is no item, and too many wait
     */
    public Deferred<T> get() {
        return demand();
    }

    /**
     * Returns how many items are held.
     *
     * @return from 0 to the size
     */
    public synchronized int pending() {
        return items.size();
    }

    /** What is held, the oldest first. */
    synchronized List<T> items() {
        List<T> copy = new ArrayList<>();
        items.forEach(item -> copy.add(Masked.as(Masked.unmask(item))));
        return copy;
    }

    @Override
    int supply() {
        return items.size();
    }

    @Override
    void add(Object item) {
        if (items.size() - waiting() >= size) {
            throw new QueueOverflowException(size);
        }
        items.add(item);
    }

    @Override
    Object take() {
        return items.remove();
    }

    @Override
    void putBack(Object item) {
        items.addFirst(item);
    }

    @Override
    void checkRoomInLine() {
        if (waiting() - items.size() >= backlog) {
            throw new QueueUnderflowException(backlog);
        }
    }

    @Override
    public synchronized String toString() {
        return "DeferredQueue[" + pending() + " pending, " + waiting() + " waiting]";
    }
}
