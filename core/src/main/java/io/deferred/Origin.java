// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Failure} that arose in debug mode knows of its way: where it arose, and which Deferred gave it to which. */
final class Origin {
    private static final int HOPS_KEPT = 30;

    final Throwable exception;
    final @Nullable Failure handled;
    private final Attached.@Nullable Where thrownBy;
    private final @Nullable Story thrownIn;
    private final Site site;

    /** In the order of the giving; of one that goes on for ever, the latest. Guarded by this. */
    private final List<Hop> hops = new ArrayList<>(2);

    /** From nobody: the Deferred was fired with it, or it arose there. */
    private record Hop(@Nullable Story from, Story to) {}

    private Origin(
            Throwable exception,
            @Nullable Failure handled,
            Attached.@Nullable Where thrownBy,
            @Nullable Story thrownIn) {
        this.exception = exception;
        this.handled = handled;
        this.thrownBy = thrownBy;
        this.thrownIn = thrownIn;
        this.site = Site.here();
    }

    /** Of a failure that this thread makes now. */
    static Origin made(Throwable exception, @Nullable Failure handled) {
        return new Origin(exception, handled, null, null);
    }

    /** Of what has just come of the callback that ran last in this story. */
    static Origin in(Story story, Throwable exception, @Nullable Failure handled) {
        Origin origin = new Origin(exception, handled, story.lastRan(), story);
        origin.goes(null, story);
        return origin;
    }

    /** One has given it to the other. From nobody, where it is not known to have come there before: fired by the program, or by a body that was thrown what it had awaited. */
    synchronized void goes(@Nullable Story from, Story to) {
        if (from == null && hops.stream().anyMatch(hop -> hop.to == to)) {
            return;
        }
        if (hops.size() == HOPS_KEPT) {
            hops.remove(0);
        }
        hops.add(new Hop(from, to));
    }

    /** The way to that one, as far as it is known; to the last one that was given it, if that is null. */
    synchronized List<Story> wayTo(@Nullable Story holder) {
        List<Story> way = new ArrayList<>();
        Story to = holder;
        for (int i = hops.size() - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            if (to == null) {
                to = hop.to;
            }
            if (hop.to == to) {
                way.add(to);
                to = hop.from;
                if (to == null) {
                    break;
                }
            }
        }
        Collections.reverse(way);
        return way;
    }

    /** Where it comes from, in words. */
    String text() {
        if (thrownBy != null && thrownIn != null) {
            return "arose in the " + thrownBy.nameIn(thrownIn) + ", on thread " + site.thread();
        }
        String thrown = site.isKnown() ? null : Site.firstIn(exception);
        return thrown == null
                ? "the failure was made at " + site
                : "the exception was made at " + thrown + ", and arrived on thread " + site.thread();
    }
}
