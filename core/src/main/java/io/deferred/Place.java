// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A member's place in a {@link Gathering}, on the failure side of its stage; or that of one that was left out of a row, among those left out with it. Made once and kept: a gathering of a thousand would
 * otherwise allocate more for numbers than for itself.
 */
final class Place extends Token {
    private static final int KEPT_AT_MOST = 1 << 16;

    private static volatile Place[] kept = grown(new Place[0], 128);

    final int value;

    private Place(int value) {
        this.value = value;
    }

    static Place of(int value) {
        Place[] all = kept;
        return value < all.length ? all[value] : farther(value);
    }

    private static Place farther(int value) {
        if (value >= KEPT_AT_MOST) {
            return new Place(value);
        }
        synchronized (Place.class) {
            Place[] all = kept;
            if (value >= all.length) {
                all = grown(all, Integer.highestOneBit(value) << 1);
                kept = all;
            }
            return all[value];
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

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
