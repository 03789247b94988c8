// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Turns.INNER;
import static io.deferred.Turns.LAST;
import static io.deferred.Turns.LIMIT;
import static io.deferred.Turns.MIDDLE;
import static io.deferred.Turns.TURNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deferred.Turns.Made;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pauses of turns in the middle of a long row hold the result up as if they had never been left out. */
class LeftOutPauseTest {
    @ParameterizedTest
    @EnumSource
    void pauseOfAMiddleHoldsTheResultBackFromThoseBeforeIt(Made made) {
        for (int i : new int[] {1, LIMIT - 1, LIMIT, LIMIT + 1, MIDDLE, INNER, LAST - 1}) {
            Turns turns = new Turns(made);
            turns.get(i).pause();
            turns.assertWaiting(0, LAST);
            turns.get(LAST).callback("end");
            turns.assertWaiting(0, i);
            turns.assertValue(i, "end");
            turns.assertNull(i + 1, TURNS);
            turns.get(i).unpause();
            turns.assertValue(0, "end");
            turns.assertNull(1, TURNS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalPausedMiddlesAreEachAHoldOfTheirOwn(Made made) {
        for (List<Integer> paused : List.of(
                List.of(MIDDLE + 1, MIDDLE),
                List.of(MIDDLE, MIDDLE + 1),
                List.of(INNER, MIDDLE),
                List.of(MIDDLE - 30, INNER))) {
            Turns turns = new Turns(made);
            paused.forEach(i -> turns.get(i).pause());
            int inner = Collections.max(paused);
            int outer = Collections.min(paused);
            turns.get(LAST).callback("end");
            turns.assertWaiting(0, inner);
            turns.get(inner).unpause();
            turns.assertWaiting(0, outer);
            turns.assertValue(outer, "end");
            turns.assertNull(outer + 1, TURNS);
            turns.get(outer).unpause();
            turns.assertValue(0, "end");
            turns.assertNull(1, TURNS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callbacksAddedBeforeAPausedTurnThatHoldsTheResultWaitForIt(Made made) {
        Turns turns = new Turns(made);
        List<String> ran = new ArrayList<>();
        turns.get(MIDDLE).pause();
        turns.get(LAST).callback("end");
        turns.get(MIDDLE - 30).tap(x -> ran.add("outside " + x)).called();
        turns.get(MIDDLE + 30).tap(x -> ran.add("inside " + x)).called();
        assertThat(ran).containsExactly("inside null");
        assertThat(turns.get(MIDDLE - 30).cancel()).isEqualTo(Cancellation.PASSED_ON);
        turns.get(0).tap(x -> ran.add("outermost " + x)).called();
        turns.get(MIDDLE).unpause();
        assertThat(ran).containsExactly("inside null", "outermost end", "outside null");
    }

    @ParameterizedTest
    @EnumSource
    void pauseTakenBackInTimeLeavesNothing(Made made) {
        Turns turns = new Turns(made);
        turns.get(MIDDLE).pause();
        turns.get(MIDDLE).unpause();
        turns.assertWaiting(0, LAST);
        turns.get(LAST).callback("end");
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
        assertThatIllegalStateException().isThrownBy(turns.get(MIDDLE)::unpause);
    }

    @ParameterizedTest
    @EnumSource
    void aTurnMayBePutBackBetweenTwoThatHoldTheResultUp(Made made) {
        Turns turns = new Turns(made);
        turns.get(MIDDLE).pause();
        turns.get(MIDDLE + 2).pause();
        turns.get(LAST).callback("end");
        turns.assertNull(MIDDLE + 3, TURNS);
        turns.assertWaiting(0, MIDDLE + 2);
        turns.get(MIDDLE + 1).tap(ignored -> {}).called();
        turns.get(MIDDLE + 2).unpause();
        turns.assertNull(MIDDLE + 1, TURNS);
        turns.assertWaiting(0, MIDDLE);
        turns.get(MIDDLE).unpause();
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
    }

    @Test
    void aThreadThatStillGoesByTheMarkOfOneThatIsLeftOutNoMoreChangesNothing() {
        Turns turns = new Turns(Made.FROM_THE_OUTERMOST);
        Deferred<String> turn = turns.get(MIDDLE);
        Deferred<String> other = turns.get(MIDDLE - 1);
        LeftOut mark = (LeftOut) Objects.requireNonNull(turn.state());
        assertThat(turn.indexIn(mark)).isEqualTo(LIMIT / 2);
        turn.pause();
        assertThat(turn.indexIn(mark)).as("of one that was put back").isNegative();
        mark.link().putBack(turn, mark);
        turns.assertWaiting(0, LAST);
        turns.get(LAST).callback("end");
        mark.link().putBack(turn, mark);
        assertThat(mark.link().innerFor(turn, mark)).isNull();
        turns.assertWaiting(0, MIDDLE);
        turn.unpause();
        assertThat(other.outcome()).isPresent();
        assertThat(other.indexIn(mark)).as("of one that is over").isNegative();
        mark.link().putBack(other, mark);
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
    }

    @Test
    void anInnermostThatIsPausedInItsCallbackWaitsInTheRow() {
        Deferred<String> further = new Deferred<>();
        List<Turns> row = new ArrayList<>();
        Turns turns = new Turns(Made.FROM_THE_OUTERMOST, v -> {
            row.get(0).get(LAST).pause();
            return further;
        });
        row.add(turns);
        turns.get(LAST).callback("end");
        further.callback("went on");
        assertThat(turns.get(0).outcome()).as("held back").isEmpty();
        turns.get(LAST).unpause();
        turns.assertValue(0, "went on");
        turns.assertNull(1, TURNS);
    }

    /** Where the row is about to be shortened, its innermost would be left out with the others. */
    @Test
    void anInnermostThatIsPausedInItsCallbackIsNotLeftOut() {
        for (int length = LIMIT - 1; length <= LIMIT + 1; length++) {
            int last = length;
            Deferred<String> further = new Deferred<>();
            List<Deferred<String>> row = new ArrayList<>();
            for (int i = 0; i < last; i++) {
                int next = i + 1;
                row.add(new Deferred<String>().chainCallback(v -> row.get(next)));
            }
            row.add(new Deferred<String>().chainCallback(v -> {
                row.get(last).pause();
                return further;
            }));
            row.forEach(turn -> turn.callback("start"));
            further.callback("went on");
            assertThat(row.get(0).outcome()).as("held back").isEmpty();
            row.get(last).unpause();
            assertThat(row.get(0).outcome()).contains(new Outcome.Success<>("went on"));
        }
    }
}
