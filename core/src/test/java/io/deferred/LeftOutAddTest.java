// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Turns.INNER;
import static io.deferred.Turns.LAST;
import static io.deferred.Turns.LIMIT;
import static io.deferred.Turns.MIDDLE;
import static io.deferred.Turns.TURNS;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Turns.Made;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is added late to turns in the middle of a long row runs as if they had never been left out. */
class LeftOutAddTest {
    /** Adds to these turns in this order, and says which callbacks have run in which order, and with what. */
    private static void addLateTo(Made made, List<Integer> late) {
        Turns turns = new Turns(made);
        List<String> ran = new ArrayList<>();
        for (int i : late) {
            turns.get(i).tap(x -> ran.add(i + " " + x)).called();
            turns.assertWaiting(Math.max(0, i - 2), Math.min(i + 2, LAST));
        }
        turns.assertWaiting(0, LAST);
        turns.get(0).tap(x -> ran.add("outermost " + x)).called();
        turns.get(LAST).callback("end");
        List<String> expected = new ArrayList<>(List.of("outermost end"));
        late.stream().sorted().forEach(i -> expected.add(i + " null"));
        assertThat(ran).isEqualTo(expected);
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
    }

    @ParameterizedTest
    @EnumSource
    void callbacksAddedLateToAMiddleRunWithNullOnceTheOutermostHasTheResult(Made made) {
        for (int i : new int[] {1, LIMIT - 1, LIMIT, LIMIT + 1, MIDDLE, INNER, LAST - 1}) {
            addLateTo(made, List.of(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void callbacksAddedLateRunOutermostFirstInWhateverOrderTheyWereAdded(Made made) {
        List<Integer> some = new ArrayList<>(IntStream.range(1, LAST).boxed().toList());
        addLateTo(made, some);
        Collections.reverse(some);
        addLateTo(made, some);
        Random random = new Random(20261123);
        for (int n = 0; n < 100; n++) {
            Collections.shuffle(some, random);
            addLateTo(made, some.subList(0, 1 + random.nextInt(40)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void callbacksAddedLateToNeighboursRunOutermostFirst(Made made) {
        addLateTo(made, List.of(MIDDLE + 1, MIDDLE));
        addLateTo(made, List.of(MIDDLE, MIDDLE + 1));
        addLateTo(made, List.of(MIDDLE + 2, MIDDLE, MIDDLE + 1));
        addLateTo(made, List.of(MIDDLE + 1, MIDDLE + 2, MIDDLE));
        addLateTo(made, List.of(2 * LIMIT + 1, 2 * LIMIT, 2 * LIMIT - 1, LIMIT + 1, LIMIT, LIMIT - 1));
    }

    @ParameterizedTest
    @EnumSource
    void callbacksAddedLateRunInTheOrderOfAddingOnEachTurn(Made made) {
        Turns turns = new Turns(made);
        List<Integer> ran = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            int number = n;
            turns.get(MIDDLE).tap(x -> ran.add(number)).called();
        }
        turns.get(LAST).callback("end");
        assertThat(ran).containsExactly(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @EnumSource
    void aTurnToWhichWasAddedLateMayWaitAgain(Made made) {
        Turns turns = new Turns(made);
        Deferred<String> more = new Deferred<>();
        turns.get(MIDDLE).chainCallback(ignored -> more).called();
        turns.get(LAST).callback("end");
        turns.assertValue(0, "end");
        assertThat(turns.get(MIDDLE).waitingFor().orElse(null)).isSameAs(more);
        more.callback("more");
        turns.assertValue(MIDDLE, "more");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAddedFromInsideTheOutermostsCallbacksRunsAtOnce(Made made) {
        Turns turns = new Turns(made);
        List<String> ran = new ArrayList<>();
        turns.get(0)
                .tap(x -> {
                    turns.get(MIDDLE).tap(y -> ran.add("middle " + y)).called();
                    ran.add("outermost " + x);
                })
                .called();
        turns.get(LAST).callback("end");
        assertThat(ran).containsExactly("middle null", "outermost end");
    }

    @ParameterizedTest
    @EnumSource
    void theRowGoesOnWhenTurnsWerePutBack(Made made) {
        Deferred<String> second = new Deferred<>();
        Turns turns = new Turns(made, ignored -> second);
        List<String> ran = new ArrayList<>();
        turns.get(0).tap(x -> ran.add("outermost " + x)).called();
        for (int i = MIDDLE; i < MIDDLE + 10; i++) {
            int number = i;
            turns.get(i).tap(x -> ran.add(number + " " + x)).called();
        }
        Deferred<String> last = turns.get(LAST);
        last.callback("goes on");
        assertThat(ran).isEmpty();
        turns.assertWaiting(0, LAST);
        assertThat(last.waitingFor().orElse(null)).isSameAs(second);
        second.callback("end");
        assertThat(ran)
                .hasSize(11)
                .startsWith("outermost end", MIDDLE + " null", MIDDLE + 1 + " null")
                .endsWith(MIDDLE + 9 + " null");
    }
}
