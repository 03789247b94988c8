// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where this library leaves Twisted on purpose: what docs/twisted.md lists, a test each. */
class DeviationsTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();

    @Test
    void waitingForOneselfFailsTheStage() {
        Deferred<String> d = new Deferred<String>().named("egg");
        Deferred<String> end = d.chainCallback(v -> d);
        d.callback("v");
        assertThat(failureOf(end))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wait for itself")
                .hasMessageContaining("'egg'");
        end.handle(f -> {});
    }

    @Test
    void waitingRoundACircleFailsTheStageThatClosesItAndNamesThePath() {
        Deferred<Object> hen = new Deferred<>().named("hen");
        Deferred<Object> egg = new Deferred<>().named("egg");
        Deferred<Object> nest = new Deferred<>().named("nest");
        Deferred<Object> henEnd = hen.chainCallback(v -> egg);
        Deferred<Object> eggEnd = egg.chainCallback(v -> nest);
        Deferred<Object> nestEnd = nest.chainCallback(v -> hen);
        hen.callback("h");
        egg.callback("e");
        nest.callback("n");
        // the nest's stage fails, and its failure goes the way of every result: to the egg, and to the hen
        assertThat(failureOf(henEnd)).hasMessageMatching("(?s).*'nest' -> .*'hen' -> .*'egg' -> .*'nest'.*");
        henEnd.handle(f -> {});
        assertThat(eggEnd.outcome()).contains(new Outcome.Success<>(null));
        assertThat(nestEnd.outcome()).contains(new Outcome.Success<>(null));
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void theStageThatWouldCloseACircleMayRecover() {
        Deferred<Object> a = new Deferred<>();
        Deferred<Object> b = new Deferred<>();
        Deferred<Object> end = a.chainCallback(v -> b);
        Deferred<Object> inner = b.chainCallback(v -> a);
        inner.addErrback(IllegalStateException.class, e -> "recovered");
        a.callback(1);
        b.callback(2);
        assertThat(end.outcome()).contains(new Outcome.Success<>("recovered"));
    }

    @Test
    void aResultTakenTwiceFailsTheSecondWaiterAndNamesTheFirst() {
        Deferred<String> shared = new Deferred<String>().named("shared");
        Deferred<Object> first = Deferred.succeed("x").named("first").chainCallback(x -> shared);
        Deferred<Object> second = Deferred.succeed("x").named("second").chainCallback(x -> shared);
        shared.callback("v");
        assertThat(first.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(failureOf(second))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'shared'")
                .hasMessageContaining("'first'")
                .hasMessageContaining("'second'")
                .hasMessageContaining("fork()");
        second.handle(f -> {});
    }

    @Test
    void aResultTakenBeforeFailsTheSecondWaiterAsWell() {
        Deferred<String> shared = Deferred.succeed("v").named("shared");
        Deferred<Object> first = Deferred.succeed("x").chainCallback(x -> shared);
        Deferred<Object> second = Deferred.succeed("x").chainCallback(x -> shared);
        assertThat(first.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(failureOf(second)).hasMessageContaining("already taken");
        second.handle(f -> {});
    }

    @Test
    void callbacksOfOneWhoseResultWasTakenSeeNull() {
        Deferred<String> shared = Deferred.succeed("v");
        Deferred<Object> first = Deferred.succeed("x").chainCallback(x -> shared);
        assertThat(first.called()).isTrue();
        shared.tapBoth(seen::add);
        assertThat(seen).containsExactly(new Outcome.Success<>(null));
    }

    @Test
    void aTakenResultMayBeTakenAgainOnceThereIsANewOne() {
        Deferred<String> shared = Deferred.succeed("v");
        Deferred<Object> first = Deferred.succeed("x").chainCallback(x -> shared);
        Deferred<String> renewed = shared.addCallback(v -> "new");
        Deferred<Object> second = Deferred.succeed("x").chainCallback(x -> renewed);
        assertThat(first.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(second.outcome()).contains(new Outcome.Success<>("new"));
    }

    @Test
    void aPauseInsideACallbackHoldsBeforeTheNext() {
        Deferred<String> d = new Deferred<>();
        d.tap(v -> d.pause()).tap(seen::add);
        d.callback("v");
        assertThat(seen).isEmpty();
        d.unpause();
        assertThat(seen).containsExactly("v");
    }

    @Test
    void pausesAreCountedApartFromWaiting() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = Deferred.succeed("x").chainCallback(x -> inner);
        assertThat(outer.paused()).isFalse();
        outer.pause();
        outer.tap(seen::add);
        outer.unpause();
        assertThat(seen).as("it still waits").isEmpty();
        inner.callback("v");
        assertThat(seen).containsExactly("v");
    }

    @Test
    void noCallbackIsStrandedBehindAWaiterThatIsPaused() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = Deferred.succeed("x").chainCallback(x -> inner);
        outer.pause();
        inner.tapBoth(seen::add);
        inner.callback("v");
        assertThat(seen).as("the rest of the inner one ran").containsExactly(new Outcome.Success<>(null));
        outer.tap(seen::add);
        outer.unpause();
        assertThat(seen).last().isEqualTo("v");
    }

    @Test
    void aCancellerThatThrowsStillEndsInCancelledException() {
        IOException thrown = new IOException("cannot stop");
        Deferred<String> d = new Deferred<>(self -> {
            throw thrown;
        });
        assertThat(d.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(d).getSuppressed()).containsExactly(thrown);
        d.handle(f -> {});
    }

    @Test
    void aCancellerThatThrowsAfterFiringIsReported() {
        IOException thrown = new IOException("cannot stop");
        Deferred<String> d = new Deferred<>(self -> {
            self.callback("stopped half way");
            throw thrown;
        });
        d.cancel();
        assertThat(d.outcome()).contains(new Outcome.Success<>("stopped half way"));
        assertThat(reports.seen())
                .singleElement()
                .satisfies(r -> assertThat(r.failure().exception()).isSameAs(thrown));
    }

    @Test
    void anEmptyRaceFailsAtOnce() {
        Deferred<Indexed<String>> race = Deferred.race(List.of());
        assertThat(failureOf(race)).isInstanceOf(IllegalArgumentException.class);
        race.handle(f -> {});
    }

    @Test
    void anEmptyListThatFiresOnOneCallbackFailsAtOnce() {
        Deferred<DeferredList.First<String>> list = DeferredList.first(List.of());
        assertThat(failureOf(list)).isInstanceOf(IllegalArgumentException.class);
        list.handle(f -> {});
    }

    @Test
    void aRaceEndsThoughALosersCancellerThrows() {
        Deferred<String> loser = new Deferred<>(self -> {
            throw new IOException("cannot stop");
        });
        Deferred<String> other = new Deferred<>();
        Deferred<String> winner = new Deferred<>();
        Deferred<Indexed<String>> race = Deferred.race(List.of(loser, winner, other));
        winner.callback("v");
        assertThat(race.outcome()).contains(new Outcome.Success<>(new Indexed<>(1, "v")));
        assertThat(other.called()).as("the other loser is cancelled too").isTrue();
    }

    @Test
    void aListEndsThoughAMembersCancellerThrows() {
        Deferred<String> stubborn = new Deferred<>(self -> {
            throw new IOException("cannot stop");
        });
        Deferred<String> other = new Deferred<>();
        Deferred<List<Outcome<String>>> list =
                DeferredList.all(List.of(stubborn, other), DeferredList.Option.CONSUME_ERRORS);
        list.cancel();
        assertThat(list.outcome().orElseThrow().unwrap())
                .allSatisfy(o -> assertThat(o.isSuccess()).isFalse());
    }
}
