// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.Canceller;
import io.deferred.Deferred;
import java.util.ArrayList;
import java.util.List;

/**
 * So many Deferreds, each waiting for the next, that the next one to wait has all in the middle left out. That one is the last turn, which waits for the inner one once it is fired.
 */
final class LongRow {
    /** How many may stand in a row. */
    private static final int LIMIT = 1000;

    final Deferred<Integer> inner;

    /** From the outermost on, which stays at the end of the row; the others are those that are left out. */
    private final List<Deferred<Integer>> turns = new ArrayList<>(LIMIT + 1);

    LongRow() {
        this(new Deferred<>());
    }

    LongRow(Canceller<Integer> innersCanceller) {
        this(new Deferred<>(innersCanceller));
    }

    private LongRow(Deferred<Integer> inner) {
        this.inner = inner;
        for (int i = 0; i <= LIMIT; i++) {
            turns.add(new Deferred<>());
        }
        for (int i = 0; i < LIMIT; i++) {
            Deferred<Integer> next = turns.get(i + 1);
            turns.get(i).chainCallback(value -> next);
        }
        last().chainCallback(value -> inner);
        // Not before each has its callback: what waits for it comes behind that.
        turns.subList(0, LIMIT).forEach(turn -> turn.callback(0));
    }

    /** Has the middle left out: makes the last turn wait for the inner one. */
    LongRow shorten() {
        last().callback(0);
        return this;
    }

    private Deferred<Integer> last() {
        return turns.get(LIMIT);
    }

    Deferred<Integer> outermost() {
        return turns.get(0);
    }

    Deferred<Integer> middle() {
        return turns.get(LIMIT / 2);
    }

    /** The next one inwards. */
    Deferred<Integer> besideTheMiddle() {
        return turns.get(LIMIT / 2 + 1);
    }

    /** The innermost that are to be left out, the outer ones first. Leaving out begins at the other end. */
    List<Deferred<Integer>> innermost(int count) {
        return turns.subList(LIMIT - count, LIMIT);
    }
}
