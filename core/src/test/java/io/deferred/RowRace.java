// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A row whose turns wait for each other up to the last but one, which is unfired, as is the last. */
abstract class RowRace extends RaceRound {
    final List<Deferred<Integer>> row = new ArrayList<>();

    RowRace(long seed, int waiting) {
        super(seed);
        for (int i = 0; i <= waiting; i++) {
            int next = i + 1;
            row.add(new Deferred<Integer>().chainCallback(x -> row.get(next)));
        }
        row.add(new Deferred<>());
        for (int i = 0; i < waiting; i++) {
            row.get(i).callback(0);
        }
    }

    /** So that firing one more makes a group be left out, or another one after that, or not quite. */
    static int aboutTheLimitOrTwice(long seed) {
        Random random = new Random(seed);
        return Link.LIMIT * (1 + random.nextInt(2)) - 2 + random.nextInt(5);
    }

    final Deferred<Integer> last() {
        return row.get(row.size() - 1);
    }

    final Deferred<Integer> anyMiddle() {
        return row.get(1 + random.nextInt(row.size() - 2));
    }
}
