// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A value that a random program gives, each once.
 *
 * @param mark says for whom, and what was written before
 * @param by the number of the thread that made it
 * @param number how many that thread had made
 */
record ProgramValue(ProgramMark mark, int by, int number) {
    /** In the place of a Deferred's number: it was made for a queue. */
    static final int OF_QUEUE = 62;

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "value " + number + " by " + by + (mark.node() == OF_QUEUE ? "" : " for " + mark.node());
    }
}
