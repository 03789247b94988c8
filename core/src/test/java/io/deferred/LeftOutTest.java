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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing can tell whether the turns in the middle of a long row were left out of the waiting. */
class LeftOutTest {
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

    /** Where the row is about to be shortened, its innermost would be left out with the others. */
    @Test
    void theInnermostThatReturnsATurnOfItsOwnRowFailsHoweverLongThatIs() {
        for (int length = LIMIT - 1; length <= LIMIT + 1; length++) {
            int last = length;
            List<Deferred<String>> row = new ArrayList<>();
            for (int i = 0; i <= last; i++) {
                int next = i == last ? LIMIT / 2 : i + 1;
                row.add(new Deferred<String>().chainCallback(v -> row.get(next)));
            }
            row.forEach(turn -> turn.callback("start"));
            assertThat(Ends.failureOf(row.get(0)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("would wait for itself for ever");
            assertThat(row.get(last).outcome()).contains(new Outcome.Success<>(null));
            row.get(0).handle(f -> {});
        }
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

    /** Where nobody looks at it, nobody is told: it is not touched when the result comes by. */
    @Test
    void whoseFailureWasReportedIsKnownToBeHandledWhenItIsLookedAt() {
        List<UnhandledFailure> handled = new ArrayList<>();
        UnhandledFailures.setHandledHandler(handled::add);
        try {
            UnhandledFailures.setHandler(report -> {});
            Deferred<String> reported = Deferred.fail(new IllegalStateException("reported"));
            UnhandledFailures.reportNow();
            List<Deferred<String>> row = new ArrayList<>();
            for (int i = 0; i < LIMIT + 1; i++) {
                int next = i + 1;
                row.add(new Deferred<String>().chainCallback(v -> row.get(next)));
            }
            row.add(new Deferred<>());
            Deferred<String> outermost = new Deferred<String>().chainCallback(v -> reported);
            reported.chainErrback(f -> {
                        outermost.callback("v");
                        return row.get(0);
                    })
                    .called();
            row.subList(0, LIMIT + 1).forEach(turn -> turn.callback("start"));
            assertThat(reported.state()).isInstanceOf(LeftOut.class);
            row.get(LIMIT + 1).callback("end");
            assertThat(outermost.outcome()).contains(new Outcome.Success<>("end"));
            assertThat(handled).isEmpty();
            assertThat(reported.outcome()).contains(new Outcome.Success<>(null));
            assertThat(handled).hasSize(1);
        } finally {
            UnhandledFailures.resetHandler();
        }
    }
}
