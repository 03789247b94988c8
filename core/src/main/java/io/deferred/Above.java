// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** On the failure side of a waiter's stage: how many wait in a row above it who do nothing but pass the result on, as far as that is counted. */
final class Above extends Token {
    private static final Above[] ALL = new Above[Link.LIMIT + 1];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = new Above(i);
        }
    }

    /** Nobody. */
    static final Above NONE = of(0);

    final int count;

    private Above(int count) {
        this.count = count;
    }

    static Above of(int count) {
        return ALL[count];
    }
}
