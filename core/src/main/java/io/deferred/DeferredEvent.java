// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens, and that any number can wait for. It is set or not; who waits while it is not set is fired when it is. Twisted has none; the name and the methods are those of Python's
 * {@code asyncio.Event}.
 *
 * <p><b>Callbacks</b> of those who wait run on the thread that sets it, in the order in which they came; no lock of this library is held meanwhile.
 *
 * <p><b>Memory</b>: what was done before it was set happens-before the callbacks of those who waited for that.
 *
 * <p><b>Cancellation</b> of one who waits concerns nobody else.
 *
 * <p>To give one result to many, see {@link Deferred#fork()}. This class is safe for use by any thread.
 */
public final class DeferredEvent {
    private volatile Gate gate = new Gate(); // replaced by clear() alone, under the monitor of this

    /** Makes one that is not set. */
    public DeferredEvent() {}

    /** Sets it, and fires all who wait, also those whom a callback that clears it meanwhile would leave waiting. Does nothing if it is set. */
    public void set() {
        gate.open();
    }

    /** Lets those who come from now on wait for the next {@link #set()}. Does nothing if it is not set. */
    public synchronized void clear() {
        if (gate.isOpen()) {
            gate = new Gate();
        }
    }

    /**
     * Tells whether it is set.
     *
     * @return whether {@link #whenSet()} would have fired at once
     */
    public boolean isSet() {
        return gate.isOpen();
    }

    /**
     * Waits until it is set. Never blocks.
     *
     * @return a new Deferred, fired with null; if it is set already, at once. Cancelling it leaves the others as they are
     */
    public Deferred<@Nullable Void> whenSet() {
        return gate.demand();
    }

    /**
     * Returns how many wait.
     *
     * @return zero while it is set, but for those who are just being fired
     */
    public int waiting() {
        return gate.waiting();
    }

    @Override
    public String toString() {
        return "DeferredEvent[" + (isSet() ? "set" : "not set, " + waiting() + " waiting") + "]";
    }
}
