// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A member's place in a {@link Gathering}, on the failure side of its stage; or that of one that was left out of a row, among those left out with it. Made once and kept: a gathering of a thousand would
 * otherwise allocate more for numbers than for itself.
 */
final class Place extends Token {
    private static final Kept SHARED = new Kept();

    final int value;

    private Place(int value) {
        this.value = value;
    }

    static Place of(int value) {
        return SHARED.of(value);
    }

    /** Those that have been made, from zero on. */
    static final class Kept {
        static final int AT_FIRST = 128;
        static final int AT_MOST = 1 << 16;

        /** Each is complete before it is here. */
        private volatile Place[] all = grown(new Place[0], AT_FIRST);

        Place of(int value) {
            Place[] now = all;
            return value < now.length ? now[value] : farther(value);
        }

        int size() {
            return all.length;
        }

        private Place farther(int value) {
            if (value >= AT_MOST) {
                return new Place(value);
            }
            synchronized (this) {
                Place[] now = all;
                if (value >= now.length) {
                    now = grown(now, Integer.highestOneBit(value) << 1);
                    all = now;
                }
                return now[value];
            }
        }

        private static Place[] grown(Place[] all, int length) {
            Place[] more = new Place[length];
            System.arraycopy(all, 0, more, 0, all.length);
            for (int i = all.length; i < length; i++) {
                more[i] = new Place(i);
            }
            return more;
        }
    }
}
