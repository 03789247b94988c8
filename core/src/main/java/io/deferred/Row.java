// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** Keeps a row of Deferreds that wait for one another short; see {@link Link}. */
final class Row {
    private Row() {}

    /**
     * How many in a row wait above one with this queue and do nothing but pass the result on, itself included; zero if there is anything else
     * to do in the queue.
     */
    static int lengthAbove(@Nullable Stage queue) {
        if (queue != null && queue.next() == null && queue.onFailure instanceof Above above) {
            return Math.min(above.count + 1, Link.LIMIT);
        }
        return 0;
    }

    /**
     * Leaves out the one that this thread runs and that is about to wait for {@code inner}, and all those above it that only pass its result on.
     *
     * @param queue the queue of {@code last}: one waiter
     * @return the one that waits for {@code inner} instead; null if nothing was changed
     */
    static @Nullable Pipeline leaveOut(Pipeline last, Thread me, @Nullable Stage queue, Pipeline inner) {
        LeftOut mark = new LeftOut(inner);
        if (queue == null || Circle.wouldBeClosedBy(last, inner) || !last.leaveOutLast(me, mark)) {
            return null;
        }
        Pipeline outermost = last; // of those left out
        Pipeline top = waiterIn(queue);
        int index = 1;
        for (Stage only = top.leaveOut(outermost, mark, index);
                only != null;
                only = top.leaveOut(outermost, mark, index)) {
            outermost = top;
            top = waiterIn(only);
            index++;
        }
        Link link = top.link();
        if (link == null) {
            link = new Link(outermost, inner);
            mark.setLink(link, 0);
            top.waitInsteadFor(link);
        } else {
            mark.setLink(link, link.moveTo(inner));
        }
        // A pause that came before its pipeline was seen to be left out is seen here. Nobody can resume the row
        // meanwhile: top is not yet among the stages of inner.
        for (Pipeline member = outermost; member != null; member = member.nextInwards()) {
            member.putBackIfHeld();
        }
        return top;
    }

    private static Pipeline waiterIn(Stage stage) {
        if (stage.onValue instanceof Deferred<?> waiter) {
            return waiter;
        }
        throw new AssertionError("not a waiter: " + stage.onValue);
    }
}
