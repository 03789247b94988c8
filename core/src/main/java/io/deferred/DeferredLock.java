// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A lock that is waited for by Deferreds, not by threads: no thread blocks, and none owns it. Twisted's {@code DeferredLock}.
 *
 * <p><b>Callbacks</b> of a waiter run on the thread that releases the lock, first come, first served; no lock of this library is held meanwhile. A million waiters that release at once need no deeper
 * stack than one.
 *
 * <p><b>Memory</b>: what was done before a release happens-before the callbacks of the one who gets the lock by it.
 *
 * <p><b>Failure</b>: releasing a lock that nobody holds throws, and changes nothing. {@link #run} gives the lock back whatever happens.
 *
 * <p><b>Cancellation</b> of a waiter takes it out of the line. If it meets the hand-over, either the waiter is out and the next one gets the lock, or the waiter has it, and the cancel goes to whatever
 * it waits for next.
 *
 * <p>This class is safe for use by any thread.
 */
public final class DeferredLock extends Tokens<DeferredLock> {
    /** Makes one that nobody holds. */
    public DeferredLock() {
        super(1);
    }

    /**
     * Tells whether somebody holds it.
     *
     * @return true from an {@link #acquire()} that fires until the release after which nobody waits
     */
    public boolean locked() {
        return free() == 0;
    }

    @Override
    DeferredLock self() {
        return this;
    }

    @Override
    String nothingHeld() {
        return "the lock was released although nobody holds it; pair each release() with an acquire() that has fired";
    }

    @Override
    public synchronized String toString() {
        return "DeferredLock[" + (locked() ? "locked" : "free") + ", " + waiting() + " waiting]";
    }
}
