// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of those in the middle of a long row of waiting Deferreds who had nothing to do but pass a result on, and were therefore taken out of the row: one object for
 * all that were left out at the same time. It knows the one that comes after them weakly, so that keeping one in the middle does not keep the rest of an endless loop.
 */
final class LeftOut extends Token {
    private final WeakReference<Pipeline> next;

    // written before link, read after it
    private int number;
    private List<Pipeline> members = List.of();

    private volatile @Nullable Link link;

    LeftOut(Pipeline next) {
        this.next = new WeakReference<>(next);
    }

    /** Ends the making. */
    void setLink(Link link, int number, List<Pipeline> members) {
        this.number = number;
        this.members = members;
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

    /** All of them, the innermost first. */
    List<Pipeline> members() {
        return members;
    }

    /** The place of one of them, from 0 for the innermost. */
    int indexOf(Pipeline member) {
        int i = 0;
        while (members.get(i) != member) {
            i++;
        }
        return i;
    }

    /** Whom one of them shows to wait for: the one it did, or, if that is gone, the one that it really waits for; null if it does not wait any more. */
    @Nullable
    Pipeline shownBy(Pipeline member) {
        Link row = link();
        int i = indexOf(member);
        Pipeline shown = i == 0 ? next.get() : members.get(i - 1);
        return shown == null ? row.innerFor(member, this) : shown;
    }
}
