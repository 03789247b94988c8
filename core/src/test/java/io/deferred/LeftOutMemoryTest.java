// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Turns.INNER;
import static io.deferred.Turns.LAST;
import static io.deferred.Turns.LIMIT;
import static io.deferred.Turns.MIDDLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Turns.Made;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What turns in the middle of a long row keep alive. */
class LeftOutMemoryTest {
    @Test
    void aTurnThatSomebodyHoldsStillForwardsACancelWhenTheOthersAreGone() {
        Turns turns = new Turns(Made.FROM_THE_OUTERMOST);
        Deferred<String> outermost = turns.get(0);
        Deferred<String> held = turns.get(MIDDLE);
        Deferred<String> innermost = turns.get(LAST);
        WeakReference<Deferred<String>> farAway = new WeakReference<>(turns.get(INNER));
        turns.all.clear();
        assertGone(farAway);
        assertThat(held.waitingFor()).isPresent();
        assertThat(held.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(turns.cancellerRan).isEqualTo(1);
        assertThat(innermost.called()).isTrue();
        assertThat(outermost.outcome().orElseThrow()).isInstanceOf(Outcome.Failed.class);
        outermost.handle(ignored -> {}).called();
    }

    @Test
    void aTurnKeepsThoseInsideOfItThatWereLeftOutWithItAndNoOthers() {
        Turns turns = new Turns(Made.FROM_THE_OUTERMOST);
        Deferred<String> outermost = turns.get(0);
        Deferred<String> held = turns.get(MIDDLE);
        Deferred<String> innermost = turns.get(LAST);
        WeakReference<?> outside = new WeakReference<>(turns.get(MIDDLE - 1));
        WeakReference<?> inside = new WeakReference<>(turns.get(MIDDLE + 1));
        WeakReference<?> ofTheNextGroup = new WeakReference<>(turns.get(2 * LIMIT + 1));
        turns.all.clear();
        assertGone(outside);
        assertGone(ofTheNextGroup);
        assertThat(held.waitingFor().orElse(null)).isNotNull().isSameAs(inside.get());
        innermost.callback("end");
        assertThat(outermost.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>("end"));
    }

    @Test
    void aTurnThatIsOverKeepsNoOtherOne() {
        for (boolean labelled : new boolean[] {false, true}) {
            Turns turns = new Turns(Made.FROM_THE_OUTERMOST);
            Deferred<String> held = turns.get(MIDDLE);
            if (labelled) {
                held.named("held").called();
            }
            WeakReference<?> inside = new WeakReference<>(turns.get(MIDDLE + 1));
            turns.get(LAST).callback("end");
            assertThat(held.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(null));
            turns.all.clear();
            assertGone(inside);
            assertThat(held.waitingFor()).isEmpty();
        }
    }

    private static void assertGone(WeakReference<?> turn) {
        for (int i = 0; i < 50 && turn.get() != null; i++) {
            System.gc();
        }
        assertThat(turn.get()).as("a turn that only the row could hold").isNull();
    }
}
