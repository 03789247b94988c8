// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
    private static final int MILLION = 1_000_000;

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    /** What the function has returned, by item. */
    private final List<Deferred<String>> begun = new ArrayList<>();

    private Deferred<String> pending(Object item) {
        Deferred<String> d = new Deferred<>(self -> seen.add("cancel " + item));
        begun.add(d);
        return d;
    }

    /** One that its cancel does not end, until the test does. */
    private Deferred<String> stubborn(Object item) {
        Deferred<String> d = new Deferred<>(new PassOn<>(() -> seen.add("cancel " + item)));
        begun.add(d);
        return d;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void assertValue(Deferred<?> d, Object value) {
        assertThat(d.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(value));
    }

    private static FirstErrorException firstErrorOf(Deferred<?> whole) {
        return (FirstErrorException) failureOf(whole);
    }

    private void assertNothingUnhandledBut(Deferred<?> whole) {
        whole.handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    // ---- values

    @Test
    void theValuesComeInTheOrderOfTheItems() {
        Deferred<List<String>> whole = Parallel.map(List.of("a", "b", "c"), 3, this::pending);
        begun.get(2).callback("C");
        begun.get(0).callback("A");
        assertThat(whole.called()).isFalse();
        begun.get(1).callback("B");
        assertValue(whole, List.of("A", "B", "C"));
    }

    @Test
    void noMoreThanTheLimitAreUnderWay() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2, 3, 4), 2, this::pending);
        assertThat(begun).hasSize(2);
        begun.get(1).callback("1");
        assertThat(begun).hasSize(3);
        begun.get(2).callback("2");
        begun.get(0).callback("0");
        assertThat(begun).hasSize(5);
        begun.get(4).callback("4");
        begun.get(3).callback("3");
        assertValue(whole, List.of("0", "1", "2", "3", "4"));
    }

    @Test
    void theFunctionIsCalledInTheOrderOfTheItems() {
        Deferred<List<Integer>> whole = Parallel.map(List.of(3, 1, 2), 2, item -> {
            seen.add(item);
            return Deferred.succeed(item * 10);
        });
        assertThat(seen).containsExactly(3, 1, 2);
        assertValue(whole, List.of(30, 10, 20));
    }

    @Test
    void nullIsAnItemAndAValue() {
        Deferred<List<Object>> whole =
                Parallel.map(Collections.singletonList(null), 1, item -> Deferred.succeed(seen.add(item) ? null : ""));
        assertThat(seen).containsExactly((Object) null);
        assertValue(whole, Collections.singletonList(null));
    }

    @Test
    void aThreadIsAValue() {
        Thread thread = Thread.currentThread();
        assertValue(Parallel.map(List.of(1), 1, item -> Deferred.succeed(thread)), List.of(thread));
    }

    @Test
    void ofNoItemsThereIsAnEmptyListAtOnce() {
        assertValue(Parallel.map(List.of(), 1, this::pending), List.of());
        assertValue(Parallel.outcomes(List.of(), 1, this::pending), List.of());
        assertThat(begun).isEmpty();
    }

    @Test
    void theItemsAreCopied() {
        List<String> items = new ArrayList<>(List.of("a", "b"));
        Deferred<List<String>> whole = Parallel.map(items, 1, this::pending);
        items.clear();
        begun.get(0).callback("A");
        begun.get(1).callback("B");
        assertValue(whole, List.of("A", "B"));
    }

    @Test
    void theListCannotBeChanged() throws Exception {
        List<Integer> values =
                Parallel.map(List.of(1), 1, item -> Deferred.succeed(item)).get(Duration.ZERO);
        assertThatThrownBy(() -> values.set(0, 2)).isInstanceOf(UnsupportedOperationException.class);
        List<Outcome<Integer>> outcomes =
                Parallel.outcomes(List.of(1), 1, item -> Deferred.succeed(item)).get(Duration.ZERO);
        assertThatThrownBy(() -> outcomes.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theReturnedDeferredsGoOnWithNull() {
        Deferred<List<String>> whole = Parallel.map(List.of("a"), 1, this::pending);
        begun.get(0).callback("A");
        assertValue(begun.get(0), null);
        assertValue(whole, List.of("A"));
    }

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> Parallel.map(List.of(1), 0, this::pending))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit must be at least one item at a time, not 0");
        assertThatThrownBy(() -> Parallel.outcomes(List.of(), -1, this::pending))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Parallel.map(null, 1, this::pending)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Parallel.map(List.of(1), 1, null)).isInstanceOf(NullPointerException.class);
        assertThat(begun).isEmpty();
    }

    // ---- failures

    @Test
    void theFirstFailureStopsTheMapWhenAllHaveEnded() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2, 3), 3, this::stubborn);
        Failure failure = new Failure(new IOException("broken"));
        begun.get(1).errback(failure);
        assertThat(seen).containsExactlyInAnyOrder("cancel 0", "cancel 2");
        begun.get(0).callback("in spite of it");
        assertThat(whole.called()).as("number 2 is still running").isFalse();
        begun.get(2).errback(new CancelledException("stopped"));
        FirstErrorException first = firstErrorOf(whole);
        assertThat(first.index()).isEqualTo(1);
        assertThat(first.failure()).isSameAs(failure);
        assertThat(first).hasCause(failure.exception()).hasNoSuppressedExceptions();
        assertThat(begun).as("number 3 was not begun").hasSize(3);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void laterFailuresAreKeptAndUsersExceptionsUnchanged() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 3, this::stubborn);
        IOException first = new IOException("first");
        IOException later = new IOException("later");
        begun.get(2).errback(first);
        begun.get(0).errback(later);
        begun.get(1).errback(new CancellationException("of a future, for instance"));
        assertThat(failureOf(whole).getSuppressed()).containsExactly(later);
        assertThat(firstErrorOf(whole).index()).isEqualTo(2);
        assertThat(first).hasNoSuppressedExceptions();
        assertThat(later).hasNoSuppressedExceptions();
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancellationThatIsNotOursIsAFailureLikeAnyOther() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1), 2, this::pending);
        begun.get(1).cancel();
        assertThat(firstErrorOf(whole).index()).isEqualTo(1);
        assertThat(failureOf(whole)).hasCauseInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("cancel 1", "cancel 0");
        whole.handle(f -> {});
    }

    @Test
    void whatTheFunctionThrowsIsTheItemsFailure() {
        IOException thrown = new IOException("thrown");
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 1, item -> {
            seen.add(item);
            if (item == 1) {
                throw thrown;
            }
            return Deferred.succeed("");
        });
        assertThat(failureOf(whole)).hasCause(thrown);
        assertThat(firstErrorOf(whole).index()).isEqualTo(1);
        assertThat(seen).containsExactly(0, 1);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void nullInsteadOfADeferredIsTheItemsFailure() {
        Deferred<List<String>> whole = Parallel.map(List.of(0), 1, item -> null);
        assertThat(failureOf(whole)).hasCauseInstanceOf(NullPointerException.class);
        assertThat(failureOf(whole).getCause()).hasMessageContaining("returned null for a Deferred");
        assertNothingUnhandledBut(whole);
    }

    @Test
    void outcomesGoOnAfterFailures() {
        IOException failed = new IOException("failed");
        IOException thrown = new IOException("thrown");
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(Arrays.asList("a", null, "c"), 1, item -> {
            if (item == null) {
                throw thrown;
            }
            return pending(item);
        });
        begun.get(0).errback(failed);
        begun.get(1).callback("C");
        assertThat(((Outcome.Success<List<Outcome<String>>>) whole.outcome().orElseThrow()).value())
                .satisfiesExactly(
                        a -> assertThat(((Outcome.Failed<String>) a).failure().exception())
                                .isSameAs(failed),
                        b -> assertThat(((Outcome.Failed<String>) b).failure().exception())
                                .isSameAs(thrown),
                        c -> assertThat(c.unwrap()).isEqualTo("C"));
        assertThat(seen).as("cancels").isEmpty();
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aDeferredThatIsReturnedTwiceFailsTheSecondItem() {
        Deferred<String> shared = Deferred.succeed("one");
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(List.of(0, 1), 1, item -> shared);
        List<Outcome<String>> outcomes =
                ((Outcome.Success<List<Outcome<String>>>) whole.outcome().orElseThrow()).value();
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>("one"));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
    }

    // ---- cancelling

    @Test
    void aCancelReachesAllThatAreUnderWayAndBeginsNoOther() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 2, this::stubborn);
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(seen).containsExactly("cancel 0", "cancel 1");
        begun.get(0).errback(new CancelledException("stopped"));
        assertThat(whole.called()).as("number 1 is still running").isFalse();
        begun.get(1).callback("in spite of it");
        assertThat(failureOf(whole))
                .isExactlyInstanceOf(CancelledException.class)
                .hasNoSuppressedExceptions();
        assertThat(begun).hasSize(2);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelledMapKeepsTheFailuresThatAreNotItsDoing() {
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1), 2, this::stubborn);
        whole.named("work").cancel();
        IOException failed = new IOException("at the same time");
        begun.get(1).errback(failed);
        begun.get(0).errback(new CancelledException("stopped"));
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class).hasMessage("'work' was cancelled");
        assertThat(failureOf(whole).getSuppressed()).containsExactly(failed);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void cancelledOutcomesKeepTheFailuresSoFar() {
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(List.of(0, 1), 1, this::pending);
        IOException failed = new IOException("before");
        begun.get(0).errback(failed);
        whole.cancel();
        assertThat(seen).containsExactly("cancel 1");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(whole).getSuppressed()).containsExactly(failed);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void ifAllHaveAValueInSpiteOfTheCancelThereIsAList() {
        Deferred<List<String>> map = Parallel.map(List.of(0), 1, this::stubborn);
        Deferred<List<Outcome<String>>> outcomes = Parallel.outcomes(List.of(1), 1, this::stubborn);
        map.cancel();
        outcomes.cancel();
        begun.get(0).callback("0");
        begun.get(1).callback("1");
        assertValue(map, List.of("0"));
        assertValue(outcomes, List.of(new Outcome.Success<>("1")));
    }

    @Test
    void aCancelFromWithinTheFunctionReachesWhatItReturns() {
        List<Deferred<List<String>>> whole = new ArrayList<>();
        whole.add(Parallel.map(List.of(0, 1, 2), 1, item -> {
            if (item == 1) {
                whole.get(0).cancel();
                assertThat(seen).as("there is nothing to cancel yet").isEmpty();
            }
            return pending(item);
        }));
        begun.get(0).callback("0");
        assertThat(seen).containsExactly("cancel 1");
        assertThat(failureOf(whole.get(0))).isInstanceOf(CancelledException.class);
        assertNothingUnhandledBut(whole.get(0));
    }

    @Test
    void aCancelFromAnotherThreadWhileTheFunctionRunsReachesWhatItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1), 1, item -> {
            if (item == 1) {
                running.countDown();
                await(cancelled);
            }
            return pending(item);
        });
        Thread other = new Thread(() -> begun.get(0).callback("0"));
        other.start();
        await(running);
        whole.cancel();
        whole.cancel();
        cancelled.countDown();
        other.join(Duration.ofMinutes(1).toMillis());
        assertThat(seen).containsExactly("cancel 1");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aFailureWhileAnotherThreadIsInTheFunctionReachesWhatItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        Deferred<List<String>> whole = Parallel.map(List.of(0, 1, 2), 2, item -> {
            if (item == 2) {
                running.countDown();
                await(failed);
            }
            return pending(item);
        });
        Thread other = new Thread(() -> begun.get(0).callback("0"));
        other.start();
        await(running);
        begun.get(1).errback(new IOException("meanwhile"));
        failed.countDown();
        other.join(Duration.ofMinutes(1).toMillis());
        assertThat(seen).containsExactly("cancel 2");
        assertThat(firstErrorOf(whole).index()).isEqualTo(1);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void eachCancelReachesWhatIsUnderWayOnce() {
        Deferred<String> cleanup = pending("cleanup");
        Deferred<List<String>> whole = Parallel.map(
                List.of(0),
                1,
                item -> new Deferred<String>(self -> seen.add("cancel " + item)).chainErrback(f -> cleanup));
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0");
        assertThat(whole.called()).as("the cleanup is under way").isFalse();
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0", "cancel cleanup");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aFailureReachesWhatIsUnderWayOnce() {
        Deferred<String> cleanup = pending("cleanup");
        Deferred<String> broken = new Deferred<>();
        Deferred<List<String>> whole = Parallel.map(
                List.of(0, 1),
                2,
                item -> item == 1
                        ? broken
                        : new Deferred<String>(self -> seen.add("cancel 0")).chainErrback(f -> cleanup));
        broken.errback(new IOException("broken"));
        assertThat(seen).containsExactly("cancel 0");
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0", "cancel cleanup");
        assertThat(firstErrorOf(whole).index())
                .as("the failure came before the cancel")
                .isEqualTo(1);
        assertNothingUnhandledBut(whole);
    }

    /** The failure that a cancel has led to is no second reason to cancel. */
    @Test
    void aFailureBecauseOfTheCancelReachesNobodyElse() {
        Deferred<String> cleanup = pending("cleanup");
        Deferred<List<String>> whole = Parallel.map(
                List.of(0, 1),
                2,
                item -> item == 0
                        ? new Deferred<String>(self -> seen.add("cancel 0")).chainErrback(f -> cleanup)
                        : new Deferred<>(self -> self.errback(new IOException("aborted"))));
        whole.cancel();
        assertThat(seen).containsExactly("cancel 0");
        cleanup.callback("cleaned up");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(whole).getSuppressed())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("aborted"));
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelAfterTheEndGoesToWhatTheWholeWaitsForThen() {
        Deferred<String> next = pending("next");
        Deferred<String> whole = Parallel.map(List.of(0), 1, this::pending).chainCallback(values -> next);
        begun.get(1).callback("0");
        whole.cancel();
        assertThat(seen).containsExactly("cancel next");
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aTimeOutOfTheWholeCancelsAllAndIsATimeOut() {
        Deferred<List<String>> whole =
                Parallel.map(List.of(0, 1, 2), 2, this::pending).addTimeout(Duration.ofSeconds(5), clock);
        clock.advance(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("cancel 0", "cancel 1");
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
        assertThat(clock.delayedCalls()).isEmpty();
        assertNothingUnhandledBut(whole);
    }

    @Test
    void timeOutsOfTheItemsAreTheirFailures() {
        Deferred<List<Outcome<String>>> whole = Parallel.outcomes(
                List.of(1, 2), 2, seconds -> pending(seconds).addTimeout(Duration.ofSeconds(seconds), clock));
        clock.advance(Duration.ofSeconds(2));
        assertThat(((Outcome.Success<List<Outcome<String>>>) whole.outcome().orElseThrow()).value())
                .allSatisfy(outcome -> assertThatThrownBy(outcome::unwrap).isInstanceOf(TimeoutException.class));
    }

    // ---- a million

    private static List<Integer> million() {
        return IntStream.range(0, MILLION).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, MILLION})
    @Tag("long")
    void aMillionThatHaveFiredNeedNoDeeperStack(int limit) throws Exception {
        List<Integer> items = million();
        List<Integer> values = SmallStack.run(
                () -> Parallel.map(items, limit, item -> Deferred.succeed(item)).get(Duration.ZERO));
        assertThat(values).isEqualTo(items);
    }

    @Test
    @Tag("long")
    void aMillionThatHaveFailedNeedNoDeeperStack() throws Exception {
        List<Integer> items = million();
        Failure failure = new Failure(new IOException("each"));
        List<Outcome<Integer>> outcomes =
                SmallStack.run(() -> Parallel.outcomes(items, 2, item -> Deferred.<Integer>fail(failure))
                        .get(Duration.ZERO));
        assertThat(outcomes).hasSize(MILLION).containsOnly(new Outcome.Failed<>(failure));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @Tag("long")
    void aMillionThatArePendingNeedNoDeeperStack(int limit) throws Exception {
        List<Integer> items = million();
        List<Integer> values = SmallStack.run(() -> {
            List<Deferred<Integer>> pending = new ArrayList<>();
            Deferred<List<Integer>> whole = Parallel.map(items, limit, item -> {
                Deferred<Integer> d = new Deferred<>();
                pending.add(d);
                return d;
            });
            for (int i = 0; i < MILLION; i++) {
                pending.get(i).callback(i);
            }
            return whole.get(Duration.ZERO);
        });
        assertThat(values).isEqualTo(items);
    }

    @Test
    void tenThousandUnderWayAreCancelledOnASmallStack() throws Exception {
        int[] cancels = new int[1];
        Throwable failure = SmallStack.run(() -> {
            Deferred<List<Object>> whole =
                    Parallel.map(million(), 10_000, item -> new Deferred<>(self -> cancels[0]++));
            whole.cancel();
            return failureOf(whole);
        });
        assertThat(failure).isInstanceOf(CancelledException.class);
        assertThat(cancels[0]).isEqualTo(10_000);
    }

    @Test
    void theResultIsLateOnlyForOneThatOthersHaveFired() {
        Deferred<List<String>> inTime =
                Parallel.map(List.of("a"), 1, this::pending).onLateResult(seen::add);
        begun.get(0).callback("A");
        assertValue(inTime, List.of("A"));
        assertThat(seen).isEmpty();

        Deferred<List<String>> meddled =
                Parallel.map(List.of("b"), 1, this::pending).onLateResult(seen::add);
        meddled.callback(List.of());
        begun.get(1).callback("B");
        assertThat(seen).containsExactly(List.of("B"));
    }
}
