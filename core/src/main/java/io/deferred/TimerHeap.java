// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of calls, the one that is due first on top; of those that are due at the same time, the one that was armed first. Each call knows its place, so that it is taken out without being looked for. Not
 * safe for use by several threads.
 */
final class TimerHeap {
    private static final @Nullable TimerEntry[] NO_ROOM = {};
    private static final int LEAST_ROOM = 16;

    /** What is beyond the size is null: nothing that has left is kept from being collected. */
    @Nullable
    TimerEntry[] entries = NO_ROOM;

    private int size;

    /** By due time, then by the order of arming, which may wrap. */
    static int compare(TimerEntry a, TimerEntry b) {
        return a.due != b.due ? Long.compare(a.due, b.due) : a.order - b.order;
    }

    int size() {
        return size;
    }

    /** Returns the one that is due first; null if there is none. */
    @Nullable
    TimerEntry first() {
        return size == 0 ? null : entries[0];
    }

    /** Adds one, which is in no heap. If there is no memory for it, nothing has changed. */
    void add(TimerEntry entry) {
        makeRoom();
        rise(size++, entry);
    }

    /** Sees to it that the next one can be added without any memory. */
    void makeRoom() {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(LEAST_ROOM, 2 * size));
        }
    }

    /** Gives room back of which but a small part is in use. */
    void trim() {
        if (size == 0) {
            entries = NO_ROOM;
        } else if (entries.length > LEAST_ROOM && size <= entries.length / 4) {
            entries = Arrays.copyOf(entries, Math.max(LEAST_ROOM, 2 * size));
        }
    }

    /** Takes one out; false if it is not in here. */
    boolean remove(TimerEntry entry) {
        int place = entry.index;
        if (place < 0 || place >= size || entries[place] != entry) {
            return false;
        }
        TimerEntry last = at(--size);
        entries[size] = null;
        if (last != entry && sink(place, last) == place) {
            rise(place, last);
        }
        return true;
    }

    /** Adds all to a collection, in no order. */
    void copyTo(Collection<? super TimerEntry> copy) {
        for (int i = 0; i < size; i++) {
            copy.add(at(i));
        }
    }

    /** Has an entry take this place, which is free, or one further up. */
    private void rise(int free, TimerEntry entry) {
        int place = free;
        while (place > 0) {
            int above = (place - 1) >>> 1;
            TimerEntry parent = at(above);
            if (compare(entry, parent) >= 0) {
                break;
            }
            put(place, parent);
            place = above;
        }
        put(place, entry);
    }

    /** Has an entry take this place, which is free, or one further down. Returns which. */
    private int sink(int free, TimerEntry entry) {
        int place = free;
        for (int below = 2 * place + 1; below < size; below = 2 * place + 1) {
            if (below + 1 < size && compare(at(below + 1), at(below)) < 0) {
                below++;
            }
            TimerEntry child = at(below);
            if (compare(entry, child) <= 0) {
                break;
            }
            put(place, child);
            place = below;
        }
        put(place, entry);
        return place;
    }

    @SuppressWarnings("NullAway") // below the size there is one in each place
    private TimerEntry at(int place) {
        return entries[place];
    }

    private void put(int place, TimerEntry entry) {
        entries[place] = entry;
        entry.index = place;
    }
}
