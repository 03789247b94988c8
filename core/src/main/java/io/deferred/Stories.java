// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The stories of all Deferreds that have one and are still alive. */
final class Stories {
    /** Where the collector leaves the stories of those that are gone. */
    static final ReferenceQueue<Pipeline> GONE = new ReferenceQueue<>();

    private static final Set<Story> KEPT = ConcurrentHashMap.newKeySet();

    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private Stories() {}

    static long nextNumber() {
        return LAST_NUMBER.incrementAndGet();
    }

    static void keep(Story story) {
        forgetThoseGone();
        KEPT.add(story);
        Flight.created(story);
    }

    /** Those of now, in the order in which their Deferreds were made. */
    static List<Story> kept() {
        forgetThoseGone();
        List<Story> stories = new ArrayList<>(KEPT);
        stories.sort(Comparator.comparingLong(story -> story.number));
        return stories;
    }

    private static void forgetThoseGone() {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            KEPT.remove(gone);
        }
    }
}
