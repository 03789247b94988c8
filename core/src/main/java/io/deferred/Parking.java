// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A thread that waits in {@link Deferred#await()} for a Deferred that has a story. It refers to both strongly: so does the thread. */
record Parking(Thread thread, Deferred<?> deferred) {
    private static final Set<Parking> NOW = ConcurrentHashMap.newKeySet();

    /** This thread is about to park; null if that is not to be told. */
    static @Nullable Parking begin(Deferred<?> deferred) {
        if (deferred.story() == null) {
            return null;
        }
        Parking parking = new Parking(Thread.currentThread(), deferred);
        NOW.add(parking);
        return parking;
    }

    static void end(@Nullable Parking parking) {
        if (parking != null) {
            NOW.remove(parking);
        }
    }

    static Iterable<Parking> now() {
        return NOW;
    }
}
