// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoopTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Deferred<Turn<String>>> turns = new ArrayList<>();

    private Deferred<Turn<String>> pendingTurn() {
        turns.add(new Deferred<>());
        return turns.get(turns.size() - 1);
    }

    @Test
    void repeatsFiredTurnsUntilOneSaysStop() {
        int[] count = new int[1];
        Deferred<Integer> whole =
                Deferred.loop(() -> Deferred.succeed(++count[0] < 5 ? Turn.again() : Turn.stop(count[0])));
        assertThat(whole.outcome()).contains(new Outcome.Success<>(5));
    }

    @Test
    void waitsForEachTurnBeforeTheNext() {
        Deferred<String> whole = Deferred.loop(this::pendingTurn);
        assertThat(turns).hasSize(1);
        turns.get(0).callback(Turn.again());
        assertThat(turns).hasSize(2);
        assertThat(whole.outcome()).isEmpty();
        turns.get(1).callback(Turn.stop("done"));
        assertThat(turns).hasSize(2);
        assertThat(whole.outcome()).contains(new Outcome.Success<>("done"));
    }

    @Test
    void nullIsAResult() {
        Deferred<Object> whole = Deferred.loop(() -> Deferred.succeed(Turn.stop(null)));
        assertThat(whole.outcome()).contains(new Outcome.Success<>(null));
    }

    @Test
    void callbacksAddedBetweenTurnsComeAtTheEnd() {
        List<String> seen = new ArrayList<>();
        Deferred<String> whole = Deferred.loop(this::pendingTurn);
        whole.tap(seen::add);
        turns.get(0).callback(Turn.again());
        whole.tap(r -> seen.add("and then"));
        assertThat(seen).isEmpty();
        turns.get(1).callback(Turn.stop("done"));
        assertThat(seen).containsExactly("done", "and then");
    }

    @Test
    void aTurnThatFailsEndsTheLoop() {
        Exception wrong = new Exception("wrong");
        Deferred<String> whole = Deferred.loop(this::pendingTurn);
        turns.get(0).callback(Turn.again());
        turns.get(1).errback(wrong);
        assertThat(failureOf(whole)).isSameAs(wrong);
        assertThat(turns).hasSize(2);
    }

    @Test
    void aStepThatThrowsOrGivesNothingEndsTheLoop() {
        Exception wrong = new Exception("wrong");
        assertThat(failureOf(Deferred.loop(() -> {
                    throw wrong;
                })))
                .isSameAs(wrong);
        assertThat(failureOf(Deferred.loop(() -> null))).hasMessageContaining("step");
        assertThat(failureOf(Deferred.<Object>loop(() -> Deferred.succeed(null))))
                .hasMessageContaining("Turn.again()");
    }

    @Test
    void cancelReachesTheTurnThatIsWaitedFor() {
        Deferred<String> whole = Deferred.loop(this::pendingTurn);
        turns.get(0).callback(Turn.again());
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(turns.get(1).called()).isTrue();
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(turns).hasSize(2);
    }

    @Test
    void aTurnThatHandlesTheCancelMayGoOn() {
        Deferred<String> whole =
                Deferred.loop(() -> pendingTurn().addErrback(CancelledException.class, e -> Turn.again()));
        whole.cancel();
        assertThat(turns).hasSize(2);
        turns.get(1).callback(Turn.stop("done"));
        assertThat(whole.outcome()).contains(new Outcome.Success<>("done"));
    }

    /** Without this, a loop that never waits could not be stopped at all. */
    @Test
    void cancelByAnotherThreadEndsALoopWhoseTurnsHaveAllFired() throws Exception {
        CountDownLatch inFirstTurn = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<Turn<String>> start = new Deferred<>();
        List<Deferred<Turn<String>>> first = new ArrayList<>(List.of(start));
        Deferred<String> whole = Deferred.loop(() -> {
            if (!first.isEmpty()) {
                return first.remove(0);
            }
            inFirstTurn.countDown();
            assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
            return Deferred.succeed(Turn.again());
        });
        Thread runner = new Thread(() -> start.callback(Turn.again()), "runs the loop");
        runner.start();
        assertThat(inFirstTurn.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        runner.join(60_000);
        assertThat(runner.isAlive()).isFalse();
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
    }
}
