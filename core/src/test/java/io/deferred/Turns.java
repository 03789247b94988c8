// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;

/** A long row of turns each of which waits for the next. The last one is unfired. */
final class Turns {
    /** Turns 1 to LIMIT are left out together, then the next LIMIT, then once more; the last ones are not. */
    static final int LIMIT = Link.LIMIT;

    static final int TURNS = 3 * LIMIT + 50;
    static final int LAST = TURNS - 1;

    /** In the middle of the second group, and of the third. */
    static final int MIDDLE = LIMIT + LIMIT / 2;

    static final int INNER = 2 * LIMIT + LIMIT / 2;

    /** A row that was made from its outermost turn on has been shortened; one that was made from its innermost has not, and is what the other is compared with. */
    enum Made {
        FROM_THE_OUTERMOST,
        FROM_THE_INNERMOST
    }

    final List<Deferred<String>> all = new ArrayList<>();
    int cancellerRan;

    Turns(Made made) {
        make(made, new Deferred<>(self -> cancellerRan++));
    }

    /** With a last turn that does not give its result away before it has called this. */
    Turns(Made made, Callback<String, Deferred<String>> last) {
        make(made, new Deferred<String>().chainCallback(last));
    }

    private void make(Made made, Deferred<String> last) {
        for (int i = 0; i < LAST; i++) {
            int next = i + 1;
            all.add(new Deferred<String>().chainCallback(ignored -> all.get(next)));
        }
        all.add(last);
        for (int i = 0; i < LAST; i++) {
            get(made == Made.FROM_THE_OUTERMOST ? i : LAST - 1 - i).callback("start");
        }
        assertThat(get(MIDDLE).state() instanceof LeftOut)
                .as("whether the one in the middle was left out")
                .isEqualTo(made == Made.FROM_THE_OUTERMOST);
    }

    Deferred<String> get(int i) {
        return all.get(i);
    }

    void assertWaiting(int from, int to) {
        for (int i = from; i < to; i++) {
            Deferred<String> turn = get(i);
            boolean waits = turn.called()
                    && turn.outcome().isEmpty()
                    && turn.waitingFor().orElse(null) == get(i + 1);
            if (!waits) { // AssertJ would take minutes for so many
                fail("turn %s does not wait for the next, %s: %s", i, get(i + 1), turn);
            }
        }
    }

    void assertNull(int from, int to) {
        for (int i = from; i < to; i++) {
            Deferred<String> turn = get(i);
            if (turn.waitingFor().isPresent() || !turn.outcome().orElseThrow().equals(new Outcome.Success<>(null))) {
                fail("turn %s is not at its end with null: %s", i, turn);
            }
        }
    }

    void assertValue(int i, Object value) {
        assertThat(get(i).outcome().orElseThrow()).as("outcome of turn %s", i).isEqualTo(new Outcome.Success<>(value));
    }
}
