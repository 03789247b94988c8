// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds Deferreds that would wait for themselves. */
final class Circle {
    private static final int NAMES_SHOWN = 20;

    private Circle() {}

    /**
     * Whether the waiter, which waits for {@code inner} since a moment ago, waits for itself by that.
     *
     * <p>It can only if somebody waits for it, and if {@code inner} waits. Both are looked for side by side, so that the cost is that of the shorter search: with
     * one alone, building a long row from its end would take quadratic time. Every circle is seen by the last one that closes it, since each first waits, then
     * adds itself to the other's stages, and looks after that.
     *
     * @param queue what was left to do for the waiter; read only
     * @param awaited whether it is known that somebody waits for the waiter
     */
    static boolean isClosedBy(Pipeline waiter, Pipeline inner, @Nullable Stage queue, boolean awaited) {
        boolean known = awaited;
        Stage toDo = queue;
        for (Pipeline p = inner.waitsFor(); p != null; p = p.waitsFor()) {
            if (p == waiter) {
                return standsStill(waiter, inner);
            }
            if (known) {
                continue;
            }
            if (toDo != null) {
                known = toDo.isWaiter();
                toDo = toDo.next();
            } else if (Stage.anyWaiter(waiter.state())) {
                known = true;
            } else {
                return false;
            }
        }
        return false;
    }

    /** Whether the circle is there at one instant, and so for good: the same path seen twice. One walk alone may have put together what was never there at once. */
    private static boolean standsStill(Pipeline waiter, Pipeline inner) {
        List<Pipeline> path = path(waiter, inner);
        return !path.isEmpty() && path.equals(path(waiter, inner));
    }

    /** From the one to the other along the waiting; empty if it does not lead there. */
    private static List<Pipeline> path(Pipeline waiter, Pipeline inner) {
        List<Pipeline> path = new ArrayList<>();
        for (Pipeline p = inner; p != null; p = p.waitsFor()) {
            path.add(p);
            if (p == waiter) {
                return path;
            }
        }
        return List.of();
    }

    /** Whether what {@code inner} waits for, if anything, leads to the one that is to wait for it. */
    static boolean wouldBeClosedBy(Pipeline waiter, Pipeline inner) {
        for (Pipeline p = inner; p != null; p = p.waitsFor()) {
            if (p == waiter) {
                return true;
            }
        }
        return false;
    }

    /** The failure of the stage that would have closed the circle: names the path. */
    static Failure failure(Pipeline waiter, Pipeline inner) {
        StringBuilder path = new StringBuilder(waiter.describe());
        Pipeline p = inner;
        for (int n = 0; p != null && p != waiter; n++, p = p.shownWaitingFor()) {
            path.append(" -> ").append(n < NAMES_SHOWN ? p.describe() : "...");
            if (n == NAMES_SHOWN) {
                break;
            }
        }
        return Failure.in(
                waiter,
                new IllegalStateException("a callback returned a Deferred that waits for the one it was added to, "
                        + "which would wait for itself for ever: "
                        + path.append(" -> ").append(waiter.describe())
                        + "; return one that does not depend on it"));
    }
}
