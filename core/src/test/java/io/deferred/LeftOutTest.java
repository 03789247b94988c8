// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    private static final int TURNS = 350;
    private static final int LAST = TURNS - 1;

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
            assertThat(get(150).state() instanceof LeftOut)
                    .as("whether turn 150 was left out")
                    .isEqualTo(made == Made.FROM_THE_OUTERMOST);
        }

        Deferred<String> get(int i) {
            return all.get(i);
        }

        void assertWaiting(int from, int to) {
            for (int i = from; i < to; i++) {
                assertThat(get(i).called()).as("turn %s called", i).isTrue();
                assertThat(get(i).outcome()).as("outcome of turn %s", i).isEmpty();
                assertThat(get(i).waitingFor().orElse(null))
                        .as("turn %s waits for the next", i)
                        .isSameAs(get(i + 1));
            }
        }

        void assertNull(int from, int to) {
            for (int i = from; i < to; i++) {
                assertThat(get(i).waitingFor()).as("turn %s waits", i).isEmpty();
                assertThat(get(i).outcome().orElseThrow())
                        .as("outcome of turn %s", i)
                        .isEqualTo(new Outcome.Success<>(null));
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
        assertThat(turns.get(150).toString())
                .endsWith(" waiting on " + turns.get(151).describe());
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
        for (int i : new int[] {0, 1, 2, 99, 100, 101, 102, 150, 199, 200, 201, 300, 348}) {
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
            turns.assertWaiting(0, LAST);
        }
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
        for (int i : new int[] {1, 99, 100, 101, 150, 250, 348}) {
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
        addLateTo(made, List.of(151, 150));
        addLateTo(made, List.of(150, 151));
        addLateTo(made, List.of(152, 150, 151));
        addLateTo(made, List.of(151, 152, 150));
        addLateTo(made, List.of(201, 200, 199, 101, 100, 99));
    }

    @ParameterizedTest
    @EnumSource
    void callbacksAddedLateRunInTheOrderOfAddingOnEachTurn(Made made) {
        Turns turns = new Turns(made);
        List<Integer> ran = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            int number = n;
            turns.get(150).tap(x -> ran.add(number)).called();
        }
        turns.get(LAST).callback("end");
        assertThat(ran).containsExactly(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @EnumSource
    void aTurnToWhichWasAddedLateMayWaitAgain(Made made) {
        Turns turns = new Turns(made);
        Deferred<String> more = new Deferred<>();
        turns.get(150).chainCallback(ignored -> more).called();
        turns.get(LAST).callback("end");
        turns.assertValue(0, "end");
        assertThat(turns.get(150).waitingFor().orElse(null)).isSameAs(more);
        more.callback("more");
        turns.assertValue(150, "more");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAddedFromInsideTheOutermostsCallbacksRunsAtOnce(Made made) {
        Turns turns = new Turns(made);
        List<String> ran = new ArrayList<>();
        turns.get(0)
                .tap(x -> {
                    turns.get(150).tap(y -> ran.add("middle " + y)).called();
                    ran.add("outermost " + x);
                })
                .called();
        turns.get(LAST).callback("end");
        assertThat(ran).containsExactly("middle null", "outermost end");
    }

    @ParameterizedTest
    @EnumSource
    void pauseOfAMiddleHoldsTheResultBackFromThoseBeforeIt(Made made) {
        for (int i : new int[] {1, 99, 100, 101, 150, 250, 348}) {
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
        for (List<Integer> paused :
                List.of(List.of(151, 150), List.of(150, 151), List.of(250, 150), List.of(120, 250))) {
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
        turns.get(150).pause();
        turns.get(LAST).callback("end");
        turns.get(120).tap(x -> ran.add("outside " + x)).called();
        turns.get(180).tap(x -> ran.add("inside " + x)).called();
        assertThat(ran).containsExactly("inside null");
        assertThat(turns.get(120).cancel()).isEqualTo(Cancellation.PASSED_ON);
        turns.get(0).tap(x -> ran.add("outermost " + x)).called();
        turns.get(150).unpause();
        assertThat(ran).containsExactly("inside null", "outermost end", "outside null");
    }

    @ParameterizedTest
    @EnumSource
    void pauseTakenBackInTimeLeavesNothing(Made made) {
        Turns turns = new Turns(made);
        turns.get(150).pause();
        turns.get(150).unpause();
        turns.assertWaiting(0, LAST);
        turns.get(LAST).callback("end");
        turns.assertValue(0, "end");
        turns.assertNull(1, TURNS);
        assertThatIllegalStateException().isThrownBy(turns.get(150)::unpause);
    }

    @ParameterizedTest
    @EnumSource
    void anotherWaiterOfAMiddleFailsWithTheTakenErrorOnceTheResultHasGoneBy(Made made) {
        Turns turns = new Turns(made);
        List<String> ran = new ArrayList<>();
        turns.get(0).tap(x -> ran.add("outermost " + x)).called();
        Deferred<String> other = waiterFor(turns.get(150));
        Deferred<Void> seen = other.handle(f -> ran.add("other " + f.exception().getMessage()));
        other.callback("start");
        assertThat(other.waitingFor().orElse(null)).isSameAs(turns.get(150));
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
        for (int i : new int[] {1, 100, 150, LAST}) {
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
        Deferred<String> fork = turns.get(150).fork();
        Deferred<String> chained = new Deferred<>();
        turns.get(151).chainDeferred(chained).called();
        turns.get(LAST).callback("end");
        assertThat(fork.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(null));
        assertThat(chained.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(null));
        turns.assertValue(0, "end");
    }

    @ParameterizedTest
    @EnumSource
    void aLateLabelIsShown(Made made) {
        Turns turns = new Turns(made);
        turns.get(151).named("the middle").called();
        assertThat(turns.get(150).toString()).endsWith("'the middle'");
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
        for (int i = 120; i < 130; i++) {
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
                .startsWith("outermost end", "120 null", "121 null")
                .endsWith("129 null");
    }

    @ParameterizedTest
    @EnumSource
    void theInnermostThatReturnsATurnOfItsOwnRowFails(Made made) {
        for (int i : new int[] {0, 1, 99, 100, 150, 250, 348}) {
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
        Deferred<String> held = turns.get(150);
        Deferred<String> innermost = turns.get(LAST);
        WeakReference<Deferred<String>> farAway = new WeakReference<>(turns.get(250));
        turns.all.clear();
        System.gc();
        assertThat(farAway.get()).as("a turn that only the row could hold").isNull();
        assertThat(held.waitingFor()).isPresent();
        assertThat(held.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(turns.cancellerRan).isEqualTo(1);
        assertThat(innermost.called()).isTrue();
        assertThat(outermost.outcome().orElseThrow()).isInstanceOf(Outcome.Failed.class);
        outermost.handle(ignored -> {}).called();
    }
}
