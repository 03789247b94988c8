// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing can tell whether the turns in the middle of a long row were left out of the waiting. Each test runs twice: on a row that was made from its outermost turn on, and
 * has been shortened, and on one that was made from its innermost, and has not. The second is what the first is compared with.
 */
class LeftOutTest {
    /** Turns 1 to LIMIT are left out together, then the next LIMIT, then once more; the last ones are not. */
    private static final int LIMIT = Link.LIMIT;

    private static final int TURNS = 3 * LIMIT + 50;
    private static final int LAST = TURNS - 1;

    /** In the middle of the second group, and of the third. */
    private static final int MIDDLE = LIMIT + LIMIT / 2;

    private static final int INNER = 2 * LIMIT + LIMIT / 2;

    private enum Made {
        FROM_THE_OUTERMOST,
        FROM_THE_INNERMOST
    }

    /** Turns each of which waits for the next. The last one is unfired. */
    private static final class Turns {
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
                if (turn.waitingFor().isPresent()
                        || !turn.outcome().orElseThrow().equals(new Outcome.Success<>(null))) {
                    fail("turn %s is not at its end with null: %s", i, turn);
                }
            }
        }

        void assertValue(int i, Object value) {
            assertThat(get(i).outcome().orElseThrow())
                    .as("outcome of turn %s", i)
                    .isEqualTo(new Outcome.Success<>(value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTurnShowsTheOneThatItWaitsFor(Made made) {
        Turns turns = new Turns(made);
        turns.assertWaiting(0, LAST);
        assertThat(turns.get(MIDDLE).toString())
                .endsWith(" waiting on " + turns.get(MIDDLE + 1).describe());
    }

    @ParameterizedTest
    @EnumSource
    void theOutermostGetsTheResultAndAllOthersNull(Made made) {
        Turns turns = new Turns(made);
        turns.get(LAST).callback("end");
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
    }

    @ParameterizedTest
    @EnumSource
    void theOutermostGetsTheFailureAndAllOthersNull(Made made) {
        Turns turns = new Turns(made);
        Failure failure = new Failure(new IllegalArgumentException("down the row"));
        turns.get(LAST).errback(failure);
        assertThat(turns.get(0).outcome().orElseThrow()).isEqualTo(new Outcome.Failed<>(failure));
        turns.assertNull(1, TURNS);
        turns.get(0).handle(ignored -> {}).called();
    }

    @ParameterizedTest
    @EnumSource
    void cancelOfAnyTurnReachesTheInnermost(Made made) {
        for (int i : new int[] {
            0,
            1,
            2,
            LIMIT - 1,
            LIMIT,
            LIMIT + 1,
            LIMIT + 2,
            MIDDLE,
            2 * LIMIT - 1,
            2 * LIMIT,
            2 * LIMIT + 1,
            3 * LIMIT,
            LAST - 1
        }) {
            Turns turns = new Turns(made);
            assertThat(turns.get(i).cancel()).as("cancel of turn %s", i).isEqualTo(Cancellation.PASSED_ON);
            assertThat(turns.cancellerRan).isEqualTo(1);
            assertThat(turns.get(0).outcome().orElseThrow())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().exception()).isInstanceOf(CancelledException.class));
            turns.assertNull(1, TURNS);
            assertThat(turns.get(i).cancel()).isEqualTo(Cancellation.NOTHING_TO_STOP);
        }
    }

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
    void anotherWaiterOfAMiddleFailsWithTheTakenErrorOnceTheResultHasGoneBy(Made made) {
        Turns turns = new Turns(made);
        List<String> ran = new ArrayList<>();
        turns.get(0).tap(x -> ran.add("outermost " + x)).called();
        Deferred<String> other = waiterFor(turns.get(MIDDLE));
        Deferred<Void> seen = other.handle(f -> ran.add("other " + f.exception().getMessage()));
        other.callback("start");
        assertThat(other.waitingFor().orElse(null)).isSameAs(turns.get(MIDDLE));
        turns.assertWaiting(0, LAST);
        turns.get(LAST).callback("end");
        assertThat(seen.outcome()).isPresent();
        assertThat(ran).hasSize(2).first().isEqualTo("outermost end");
        assertThat(ran.get(1)).startsWith("other Deferred@").contains("was already taken");
        turns.assertNull(1, TURNS);
    }

    @ParameterizedTest
    @EnumSource
    void aMiddleReturnedAfterwardsFailsTheStageWithTheTakenError(Made made) {
        for (int i : new int[] {1, LIMIT, MIDDLE, LAST}) {
            Turns turns = new Turns(made);
            turns.get(LAST).callback("end");
            Deferred<String> other = waiterFor(turns.get(i));
            List<String> messages = new ArrayList<>();
            Deferred<Void> seen = other.handle(f -> messages.add(f.exception().getMessage()));
            other.callback("start");
            assertThat(seen.outcome()).isPresent();
            assertThat(messages).as("of turn %s", i).singleElement().asString().contains("was already taken");
        }
    }

    private static Deferred<String> waiterFor(Deferred<String> returned) {
        return new Deferred<String>().named("other").chainCallback(ignored -> returned);
    }

    @ParameterizedTest
    @EnumSource
    void forkAndChainOfAMiddleGetNull(Made made) {
        Turns turns = new Turns(made);
        Deferred<String> fork = turns.get(MIDDLE).fork();
        Deferred<String> chained = new Deferred<>();
        turns.get(MIDDLE + 1).chainDeferred(chained).called();
        turns.get(LAST).callback("end");
        assertThat(fork.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(null));
        assertThat(chained.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(null));
        turns.assertValue(0, "end");
    }

    @ParameterizedTest
    @EnumSource
    void aLateLabelIsShown(Made made) {
        Turns turns = new Turns(made);
        turns.get(MIDDLE + 1).named("the middle").called();
        assertThat(turns.get(MIDDLE).toString()).endsWith("'the middle'");
        turns.assertWaiting(0, LAST);
        turns.get(LAST).callback("end");
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
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

    @ParameterizedTest
    @EnumSource
    void theInnermostThatReturnsATurnOfItsOwnRowFails(Made made) {
        for (int i : new int[] {0, 1, LIMIT - 1, LIMIT, MIDDLE, INNER, LAST - 1}) {
            AtomicReference<Deferred<String>> outer = new AtomicReference<>();
            Turns turns = new Turns(made, ignored -> outer.get());
            outer.set(turns.get(i));
            turns.get(LAST).callback("round");
            assertThat(turns.get(0).outcome().orElseThrow())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().exception())
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("wait for itself"));
            turns.assertNull(1, TURNS);
            turns.get(0).handle(ignored -> {}).called();
        }
    }

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
    void aTurnThatReturnsTheOutermostClosesACircle() {
        List<Turns> row = new ArrayList<>();
        Turns turns = new Turns(Made.FROM_THE_OUTERMOST, v -> row.get(0).get(0));
        row.add(turns);
        turns.get(LAST).callback("end");
        assertThat(Ends.failureOf(turns.get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would wait for itself for ever");
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
}
