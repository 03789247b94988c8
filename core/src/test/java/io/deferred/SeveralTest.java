// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists, joins and races beyond the recorded programs. */
class SeveralTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void allDoesNotFireOnOneCallback() {
        assertThatThrownBy(() -> DeferredList.all(List.of(), DeferredList.Option.FIRE_ON_ONE_CALLBACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("first(...)");
    }

    @Test
    void firstUnderstandsItsOwnFlag() {
        Deferred<DeferredList.First<String>> list =
                DeferredList.first(List.of(Deferred.succeed("v")), DeferredList.Option.FIRE_ON_ONE_CALLBACK);
        assertThat(list.outcome()).contains(new Outcome.Success<>(new DeferredList.One<>("v", 0)));
    }

    @Test
    void gatherResultsOfNoneIsAnEmptyList() {
        assertThat(Deferred.gatherResults(List.<Deferred<String>>of()).outcome())
                .contains(new Outcome.Success<>(List.of()));
    }

    @Test
    void gatherResultsOfSome() {
        Deferred<List<Object>> all = Deferred.gatherResults(Deferred.succeed("a"), Deferred.succeed(1));
        assertThat(all.outcome()).contains(new Outcome.Success<>(List.of("a", 1)));
    }

    @Test
    void aNullMemberIsRefusedAndNothingIsAdded() {
        Deferred<String> other = new Deferred<>();
        List<Deferred<String>> members = new ArrayList<>();
        members.add(other);
        members.add(null);
        assertThatThrownBy(() -> Deferred.gatherResults(members)).isInstanceOf(NullPointerException.class);
        other.callback("v");
        assertThat(other.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void aWholeThatAnotherFiresHasThatFailure() {
        Deferred<List<String>> whole = Deferred.gatherResults(new Deferred<String>());
        Deferred<List<String>> end = whole.addCallback(values -> values);
        Deferred<List<String>> other = new Deferred<>();
        other.chainDeferred(whole);
        IOException exception = new IOException("from elsewhere");
        other.errback(exception);
        assertThat(end.outcome())
                .hasValueSatisfying(outcome -> assertThat(
                                ((Outcome.Failed<?>) outcome).failure().exception())
                        .isSameAs(exception));
        end.handle(f -> {});
    }

    @Test
    void aWholeWhoseFirstStageIsForFailuresIsCancelledLikeAnyOther() {
        Deferred<String> member = new Deferred<>();
        Deferred<List<String>> whole = Deferred.gatherResults(member).addErrback(failure -> List.of("handled"));
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(whole.outcome()).contains(new Outcome.Success<>(List.of("handled")));
        member.handle(f -> {});
    }

    @Test
    void aWholeThatHasFiredLetsItsMembersGo() {
        Deferred<String> member = new Deferred<>();
        Deferred<List<String>> byItsMember = Deferred.gatherResults(member);
        member.callback("v");
        Deferred<List<String>> directly = Deferred.gatherResults(new Deferred<String>());
        directly.callback(List.of());
        Deferred<List<String>> byAnother = Deferred.gatherResults(new Deferred<String>());
        Deferred.succeed(List.of("v")).chainDeferred(byAnother);
        Deferred<List<String>> withStage =
                Deferred.gatherResults(new Deferred<String>()).addErrback(failure -> List.of());
        withStage.callback(List.of());
        assertThat(List.of(byItsMember, directly, byAnother, withStage))
                .allSatisfy(whole -> assertThat(whole.membersIfUnfired()).isNull());
    }

    @Test
    void theValuesAreAListThatNobodyCanChange() {
        List<String> values = Deferred.gatherResults(Deferred.succeed("a"), Deferred.succeed("b"))
                .outcome()
                .orElseThrow()
                .unwrap();
        assertThat(values).isEqualTo(List.of("a", "b")).hasSameHashCodeAs(List.of("a", "b"));
        assertThat(values).isNotEqualTo(List.of("a", "c"));
        assertThat(values.listIterator().next()).isEqualTo("a");
        assertThat(values.subList(1, 2)).containsExactly("b");
        assertThat(values.indexOf("b")).isEqualTo(1);
        assertThat(values.lastIndexOf("c")).isEqualTo(-1);
        assertThat(values.listIterator(2).previous()).isEqualTo("b");
        assertThatThrownBy(() -> values.set(0, "c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.add(0, "c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.addAll(0, List.of("c"))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(values::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void joinsAreTyped() {
        Deferred<String> two = Join.of(Deferred.succeed("a"), Deferred.succeed(2), (a, b) -> a.length() + b + "");
        assertThat(two.outcome()).contains(new Outcome.Success<>("3"));
        Deferred<Integer> three =
                Join.of(Deferred.succeed(1), Deferred.succeed(2), Deferred.succeed(3), (a, b, c) -> a + b + c);
        assertThat(three.outcome()).contains(new Outcome.Success<>(6));
        Deferred<Integer> four = Join.of(
                Deferred.succeed(1),
                Deferred.succeed(2),
                Deferred.succeed(3),
                Deferred.succeed(4),
                (a, b, c, d) -> a + b + c + d);
        assertThat(four.outcome()).contains(new Outcome.Success<>(10));
        Deferred<String> five = Join.of(
                Deferred.succeed("a"),
                Deferred.succeed(2),
                Deferred.succeed('c'),
                Deferred.succeed(null),
                Deferred.succeed(5L),
                (a, b, c, d, e) -> a + b + c + d + e);
        assertThat(five.outcome()).contains(new Outcome.Success<>("a2cnull5"));
    }

    @Test
    void aJoinTakesTheFailureThatItReportsAndNoOther() {
        Deferred<String> a = new Deferred<>();
        Deferred<String> b = new Deferred<>();
        Deferred<String> join = Join.of(a, b, (x, y) -> x + y);
        b.errback(new IOException("b"));
        assertThat(failureOf(join)).isInstanceOf(FirstErrorException.class).hasCauseInstanceOf(IOException.class);
        assertThat(((FirstErrorException) failureOf(join)).index()).isEqualTo(1);
        join.handle(f -> {});
        a.errback(new IOException("a"));
        assertThat(reports.now())
                .as("the later failure is not lost")
                .singleElement()
                .satisfies(r -> assertThat(r.failure().exception()).hasMessage("a"));
    }

    @Test
    void cancellingAJoinReachesItsMembersAndThenWhatItsFunctionReturned() {
        Deferred<String> a = new Deferred<>(self -> seen.add("a"));
        Deferred<String> unfired = Join.of(a, new Deferred<String>(self -> seen.add("b")), (x, y) -> x + y);
        unfired.cancel();
        assertThat(seen).containsExactly("a", "b");
        Deferred<Object> inner = new Deferred<>(self -> seen.add("inner"));
        Deferred<Object> join = Join.of(Deferred.succeed(1), Deferred.succeed(2), (x, y) -> inner);
        join.cancel();
        assertThat(seen).containsExactly("a", "b", "inner");
        unfired.handle(f -> {});
    }

    @Test
    void aCancelOfOneThatHasFiredIsKeptByGatherResultsAndPassedOnByARace() {
        Deferred<Object> behindGather = new Deferred<>(self -> seen.add("gather"));
        Deferred<Object> gather = Deferred.gatherResults(Deferred.succeed("a")).chainCallback(values -> behindGather);
        gather.cancel();
        assertThat(seen).as("as recorded of Twisted").isEmpty();
        Deferred<Object> behindRace = new Deferred<>(self -> seen.add("race"));
        Deferred<Object> race = Deferred.race(List.of(Deferred.succeed("a"))).chainCallback(value -> behindRace);
        race.cancel();
        assertThat(seen).containsExactly("race");
        race.handle(f -> {});
    }

    @Test
    void aRaceCancelsTheLosers() {
        Deferred<String> loser = new Deferred<>(self -> seen.add("loser"));
        Deferred<String> winner = new Deferred<>();
        Deferred<Indexed<String>> race = Deferred.race(List.of(loser, winner));
        winner.callback("v");
        assertThat(seen).containsExactly("loser");
        assertThat(race.outcome()).contains(new Outcome.Success<>(new Indexed<>(1, "v")));
    }

    @Test
    void aRaceThatAllLoseHasAllFailures() {
        Deferred<Indexed<String>> race = Deferred.race(
                List.of(Deferred.<String>fail(new IOException("a")), Deferred.fail(new IOException("b"))));
        assertThat(failureOf(race)).isInstanceOf(FailureGroupException.class);
        assertThat(failureOf(race).getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("a", "b");
        race.handle(f -> {});
    }
}
