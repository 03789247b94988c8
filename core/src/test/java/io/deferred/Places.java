// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the threads of a Lincheck test stand when they wait for something: each has a place of its own, and so has what comes after them, with the next number. */
final class Places<T> {
    private final int takenAtFirst;
    private final Supplier<Deferred<T>> demand;
    private @Nullable Deferred<T> @Nullable [] places;

    Places(int takenAtFirst, Supplier<Deferred<T>> demand) {
        this.takenAtFirst = takenAtFirst;
        this.demand = demand;
    }

    /**
     * The places, each of which is taken at first, in the order of the threads' numbers, from 1 on. Not before the first operation, though: to Lincheck's threads an identity hash code, by which a line finds
     * those who stand in it, is another than to the one that makes the test.
     */
    @SuppressWarnings("unchecked")
    synchronized @Nullable Deferred<T>[] taken() {
        if (places == null) {
            places = (Deferred<T>[]) new Deferred<?>[LincheckTest.THREADS + 2];
            for (int thread = 1; thread <= takenAtFirst; thread++) {
                places[thread] = demand.get();
            }
        }
        return places;
    }

    /** False if this thread has its place already. */
    boolean take(int thread) {
        Deferred<T>[] all = taken();
        if (all[thread] != null) {
            return false;
        }
        all[thread] = demand.get();
        return true;
    }

    /** Cancels what this thread waits for, and gives its place up. Returns how that has ended, with what there is when it was not in time; empty if this thread had no place. */
    Optional<Outcome<T>> leave(int thread) {
        Deferred<T>[] all = taken();
        Deferred<T> waiter = all[thread];
        if (waiter == null) {
            return Optional.empty();
        }
        all[thread] = null;
        waiter.cancel();
        while (waiter.outcome().isEmpty()) {
            Busy.yieldToOwner(); // to the one who serves it
        }
        return waiter.outcome();
    }
}
