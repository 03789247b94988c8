// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The stories of all Deferreds that have one and are still alive. */
final class Stories {
    /** Where the collector leaves the stories of those that are gone. */
    static final ReferenceQueue<Pipeline> GONE = new ReferenceQueue<>();

    private static final Set<Story> KEPT = ConcurrentHashMap.newKeySet();

    private Stories() {}

    static void keep(Story story) {
        forgetThoseGone();
        KEPT.add(story);
        Flight.created(story);
    }

    /** Seen weakly: others may come and go meanwhile. */
    static Iterable<Story> kept() {
        forgetThoseGone();
        return KEPT;
    }

    private static void forgetThoseGone() {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            KEPT.remove(gone);
        }
    }
}
