// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations in the order in which they came. Any of them can be taken out at once, because each is its own node. Guarded by the {@link Slots} that it is of. */
final class Line {
    /** A place in the line. */
    abstract static class Place {
        private @Nullable Place before;
        private @Nullable Place after;
        private boolean isIn;
    }

    private @Nullable Place first;
    private @Nullable Place last;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Operation<?> operation) {
        Place place = operation;
        place.before = last;
        if (last == null) {
            first = place;
        } else {
            last.after = place;
        }
        last = place;
        place.isIn = true;
        size++;
    }

    /** The first one, taken out; null if there is none. */
    @Nullable
    Operation<?> poll() {
        Place place = first;
        if (place == null) {
            return null;
        }
        unlink(place);
        return (Operation<?>) place;
    }

    /** False if it is not in. */
    boolean remove(Operation<?> operation) {
        Place place = operation;
        if (!place.isIn) {
            return false;
        }
        unlink(place);
        return true;
    }

    private void unlink(Place place) {
        Place before = place.before;
        Place after = place.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        place.before = null;
        place.after = null;
        place.isIn = false;
        size--;
    }

    void addTo(List<Operation<?>> all) {
        for (Place place = first; place != null; place = place.after) {
            all.add((Operation<?>) place);
        }
    }
}
