// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a plain Deferred does not need: made on first need, 24 bytes, and from then on the place of the state as well (the pipeline's own slot holds
 * this object for ever). Thus whatever is asked of both the state and these properties is asked in one place.
 */
final class Side extends Token {
    /** After a cancel that had no canceller: one late result is taken without a word. */
    static final int SWALLOW = 1 << 31;
    /** The canceller has been called: never again. */
    static final int CANCELLING = 1 << 30;

    private static final int MAX_PAUSES = (1 << 24) - 1;

    private static final VarHandle STATE;
    private static final VarHandle BITS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Side.class, "state", Object.class);
            BITS = lookup.findVarHandle(Side.class, "bits", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@link Pipeline} says of its own slot, this class excepted. Changed by {@link #casState}, and by a plain volatile write only to end BUSY. */
    volatile @Nullable Object state;

    /** The number of pauses in force, and above it the flags. Changed by CAS only. */
    private volatile int bits;

    /** Nothing, a {@link Canceller} (the commonest need costs no more), or {@link Extras}. Changed under the monitor of this object. */
    private volatile @Nullable Object more;

    Side(@Nullable Object state) {
        this.state = state;
    }

    Side(Canceller<?> canceller) {
        this.more = canceller;
    }

    boolean casState(@Nullable Object expected, @Nullable Object update) {
        return STATE.compareAndSet(this, expected, update);
    }

    int pauses() {
        return bits & MAX_PAUSES;
    }

    boolean is(int flag) {
        return (bits & flag) != 0;
    }

    /** Sets the flag; false if it was set before. */
    boolean set(int flag) {
        return ((int) BITS.getAndBitwiseOr(this, flag) & flag) == 0;
    }

    /** Takes the flag away; false if there was none. Of several who try, one is told true. */
    boolean clear(int flag) {
        return is(flag) && ((int) BITS.getAndBitwiseAnd(this, ~flag) & flag) != 0;
    }

    void addPause(Pipeline owner) {
        for (; ; ) {
            int b = bits;
            if ((b & MAX_PAUSES) == MAX_PAUSES) {
                throw new IllegalStateException(
                        owner.describe() + " is paused " + MAX_PAUSES + " times; pair each pause() with an unpause()");
            }
            if (BITS.compareAndSet(this, b, b + 1)) {
                return;
            }
        }
    }

    /** Takes one pause away; true if it was the last. */
    boolean removePause(Pipeline owner) {
        for (; ; ) {
            int b = bits;
            if ((b & MAX_PAUSES) == 0) {
                throw new IllegalStateException(
                        owner.describe() + " is not paused: an unpause() too many; call it once for each pause()");
            }
            if (BITS.compareAndSet(this, b, b - 1)) {
                return (b & MAX_PAUSES) == 1;
            }
        }
    }

    @Nullable
    Canceller<?> canceller() {
        Object m = more;
        return m instanceof Extras extras ? extras.canceller : (Canceller<?>) m;
    }

    /** Once fired, the canceller is never called: what it refers to is let go. */
    synchronized void dropCanceller() {
        if (more instanceof Extras extras) {
            extras.canceller = null;
        } else {
            more = null;
        }
    }

    @Nullable
    Extras extrasIfAny() {
        return more instanceof Extras extras ? extras : null;
    }

    synchronized Extras extras() {
        if (more instanceof Extras extras) {
            return extras;
        }
        Extras made = new Extras();
        made.canceller = (Canceller<?>) more;
        more = made;
        return made;
    }
}
