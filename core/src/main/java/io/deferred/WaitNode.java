// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Deferred, or what Deferreds wait for, in a {@link WaitGraph}. */
final class WaitNode {
    /** From 1 on, in the order of the dump. */
    final int id;

    /** {@code Deferred}, or what else it is. */
    final String kind;

    final String name;

    /** Where it was made, and how long ago; null of what has no story. */
    final @Nullable String made;

    final @Nullable Duration age;

    /** How long nothing has happened to it; null of what has no story. */
    final @Nullable Duration untouched;

    /** What it does or waits for, in words. */
    String state = "";

    /** The callback that is to run next. */
    @Nullable
    String next;

    final List<WaitNode> waitsFor = new ArrayList<>(1);

    /** The threads that are parked on it. */
    final List<String> awaitedBy = new ArrayList<>(0);

    /** Whether it waits for itself, by way of others. */
    boolean inACircle;

    WaitNode(
            int id,
            String kind,
            String name,
            @Nullable String made,
            @Nullable Duration age,
            @Nullable Duration untouched) {
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.made = made;
        this.age = age;
        this.untouched = untouched;
    }
}
