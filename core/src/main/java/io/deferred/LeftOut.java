// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The state of those in the middle of a long row of waiting Deferreds who had nothing to do but pass a result on, and were therefore taken out of the row: one object for
 * all that were left out at the same time. Each of them keeps the next one inwards in a field of its own, see {@link Pipeline}, and the mark knows the one that comes after the innermost, weakly: so
 * keeping one in the middle keeps those of its group inside of it, and not the rest of an endless loop.
 */
final class LeftOut extends Token {
    private final WeakReference<Pipeline> next;

    // written before link, read after it
    private int number;

    private volatile @Nullable Link link;

    LeftOut(Pipeline next) {
        this.next = new WeakReference<>(next);
    }

    /** Ends the making. */
    void setLink(Link link, int number) {
        this.number = number;
        this.link = link;
    }

    /** Where they are out of. */
    Link link() {
        Link l;
        while ((l = link) == null) {
            Busy.yieldToOwner();
        }
        return l;
    }

    /** How many times this had happened to the row before: tells the order of those left out at different times. */
    int number() {
        return number;
    }

    /**
     * Whom one of them shows to wait for: the one it did, or, if that is gone, the one that it really waits for; null if it does not wait any more. The caller makes sure afterwards that this was its
     * state all the time.
     */
    @Nullable
    Pipeline shownBy(Pipeline member) {
        Link row = link();
        Pipeline inwards = member.nextInwards();
        Pipeline shown = inwards == null ? next.get() : inwards;
        return shown == null ? row.innerFor(member, this) : shown;
    }
}
