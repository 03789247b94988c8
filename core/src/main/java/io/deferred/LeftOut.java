// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The state of those in the middle of a long row of waiting Deferreds who had nothing to do but pass a result on, and were therefore taken out of the row:
 * one object for all that were left out at the same time. Their second field holds the one that each waits for, as it shows; the last of them knows it
 * weakly, so that keeping one in the middle does not keep the rest of an endless loop.
 */
final class LeftOut extends Token {
    private final WeakReference<Pipeline> next;
    private int number; // written before link, read after it
    private volatile @Nullable Link link;

    LeftOut(Pipeline next) {
        this.next = new WeakReference<>(next);
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

    void setLink(Link link, int number) {
        this.number = number;
        this.link = link;
    }

    /** Whom the last one of them waits for, or, if that is gone, whom the row waits for now. */
    Pipeline next() {
        Pipeline n = next.get();
        return n == null ? link().inner() : n;
    }
}
