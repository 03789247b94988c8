// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stack trace cannot show of a failure in a Deferred: where it arose, and the stories of the Deferreds that it has gone through, from the one in which it arose outwards.
 */
final class AsyncTrace {
    private static final int STORIES_SHOWN = 10;

    private AsyncTrace() {}

    /**
     * Tells it in lines, none of them ended but by the next; empty if nothing is known.
     *
     * @param holder the story of the Deferred that has the failure now, if that is known
     */
    static String of(Failure failure, @Nullable Story holder) {
        Origin origin = failure.origin();
        List<Story> way = new ArrayList<>(origin == null ? List.of() : origin.wayTo(holder));
        if (holder != null && !way.contains(holder)) {
            way.add(holder);
        }
        String separator = System.lineSeparator();
        StringBuilder text = new StringBuilder();
        if (origin != null) {
            text.append(separator).append("Async trace: ").append(origin.text());
        }
        int leftOut = Math.max(0, way.size() - STORIES_SHOWN);
        String which = "";
        for (int i = 0; i < way.size(); i++) {
            if (i == STORIES_SHOWN / 2 && leftOut > 0) {
                text.append(separator).append("  ... ").append(leftOut).append(" more, left out");
                i += leftOut;
            }
            Story story = way.get(i);
            text.append(separator)
                    .append("  ")
                    .append(which)
                    .append(story.name())
                    .append(separator)
                    .append(story.text());
            which = "which gave it to ";
        }
        return text.isEmpty() ? "" : text.substring(separator.length());
    }
}
