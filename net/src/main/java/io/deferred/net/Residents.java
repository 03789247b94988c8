// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DeferredList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What lives on a loop. Confined to it. */
final class Residents {
    private final Set<Resident> residents = new LinkedHashSet<>();

    void moveIn(Resident resident) {
        residents.add(resident);
    }

    void moveOut(Resident resident) {
        residents.remove(resident);
    }

    int count() {
        return residents.size();
    }

    /** Fires when all have done it; those that move in meanwhile are not waited for. */
    Deferred<@Nullable Void> each(Function<Resident, Deferred<@Nullable Void>> end) {
        List<Deferred<@Nullable Void>> ends = new ArrayList<>();
        for (Resident resident : new ArrayList<>(residents)) {
            ends.add(ended(resident, end));
        }
        return DeferredList.all(ends, DeferredList.Option.CONSUME_ERRORS).addCallback(ended -> null);
    }

    /** One that throws is not to keep the loop from its end. */
    private static Deferred<@Nullable Void> ended(Resident resident, Function<Resident, Deferred<@Nullable Void>> end) {
        try {
            return end.apply(resident);
        } catch (Throwable t) {
            Unhandled.report(t, "the end of " + resident);
            return Deferred.succeed(null);
        }
    }
}
