// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryTest {
    private static final int MILLION = 1_000_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    /** What the operation has returned, by attempt. */
    private final List<Deferred<String>> attempts = new ArrayList<>();

    private Deferred<String> pending() {
        int number = attempts.size() + 1;
        Deferred<String> d = new Deferred<>(self -> seen.add("cancel " + number));
        attempts.add(d);
        return d;
    }

    /** One that its cancel does not end, until the test does. */
    private Deferred<String> stubborn() {
        Deferred<String> d = new Deferred<>(new PassOn<>(() -> seen.add("cancel")));
        attempts.add(d);
        return d;
    }

    /** Fails at once, with the same each time. */
    private Callable<Deferred<String>> failing(Throwable exception) {
        return () -> {
            seen.add(clock.now());
            return new Failure(exception).raise();
        };
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void assertValue(Deferred<?> d, Object value) {
        assertThat(d.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(value));
    }

    private void assertNothingUnhandledBut(Deferred<?> whole) {
        whole.handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @AfterEach
    void nothingIsLeftArmed() {
        assertThat(clock.delayedCalls()).isEmpty();
    }

    // ---- attempts and pauses

    @Test
    void theFirstValueIsTheResult() {
        Deferred<String> whole = Retry.upTo(3).run(clock, this::pending);
        attempts.get(0).callback("value");
        assertValue(whole, "value");
        assertThat(attempts).hasSize(1);
        assertValue(attempts.get(0), null);
    }

    @Test
    void nullIsAValue() {
        assertValue(Retry.upTo(3).run(clock, () -> Deferred.succeed(null)), null);
    }

    @Test
    void anAttemptIsOverBeforeTheNextOneBegins() {
        Deferred<String> whole = Retry.upTo(3).run(clock, this::pending);
        assertThat(attempts).hasSize(1);
        attempts.get(0).errback(new IOException("1"));
        assertThat(attempts).hasSize(2);
        attempts.get(1).callback("second");
        assertValue(whole, "second");
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void thePausesAreThoseOfTheBackoff() {
        Deferred<String> whole = Retry.upTo(4)
                .backoff(Backoff.exponential(SECOND, Duration.ofSeconds(3)))
                .run(clock, failing(new IOException("each")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(seen)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6));
        assertThat(failureOf(whole)).hasMessage("each");
        assertNothingUnhandledBut(whole);
    }

    @Test
    void theBackoffIsToldHowManyHaveFailed() {
        Deferred<String> whole = Retry.upTo(4)
                .backoff(failed -> {
                    seen.add(failed);
                    return Duration.ZERO;
                })
                .run(clock, () -> Deferred.fail(new IOException("each")));
        assertThat(seen).as("not asked after the last attempt").containsExactly(1, 2, 3);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aPauseOfZeroDoesNotGoThroughTheScheduler() {
        Deferred<String> whole = Retry.upTo(2).run(clock, this::pending);
        attempts.get(0).errback(new IOException("1"));
        assertThat(clock.delayedCalls()).isEmpty();
        attempts.get(1).callback("at once");
        assertValue(whole, "at once");
    }

    @Test
    void theFailureIsThatOfTheLastAttempt() {
        Deferred<String> whole = Retry.upTo(2).run(clock, this::pending);
        Failure last = new Failure(new IOException("2"));
        attempts.get(0).errback(new IOException("1"));
        attempts.get(1).errback(last);
        assertThat(((Outcome.Failed<String>) whole.outcome().orElseThrow()).failure())
                .isSameAs(last);
        assertThat(last.handling()).isEmpty();
        assertThat(last.exception()).hasNoSuppressedExceptions();
        assertThat(attempts).hasSize(2);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void oneAttemptIsNoRetry() {
        Deferred<String> whole = Retry.upTo(1).run(clock, this::pending);
        attempts.get(0).errback(new IOException("1"));
        assertThat(failureOf(whole)).hasMessage("1");
        whole.handle(f -> {});
    }

    @Test
    void whatTheOperationThrowsIsTheAttemptsFailure() {
        Deferred<String> whole = Retry.upTo(2).run(clock, failing(new IOException("thrown")));
        assertThat(seen).hasSize(2);
        assertThat(failureOf(whole)).hasMessage("thrown");
        assertNothingUnhandledBut(whole);
    }

    @Test
    void nullInsteadOfADeferredIsTheAttemptsFailure() {
        Deferred<String> whole = Retry.upTo(2).run(clock, () -> null);
        assertThat(failureOf(whole))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("returned null for a Deferred");
        whole.handle(f -> {});
    }

    // ---- which exceptions

    private int attemptsAfter(Retry retry, Throwable exception) {
        seen.clear();
        Deferred<String> whole = retry.run(clock, () -> {
            seen.add("attempt");
            return Deferred.fail(exception);
        });
        assertThat(failureOf(whole)).isSameAs(exception);
        whole.handle(f -> {});
        return seen.size();
    }

    @Test
    void exceptionsAreTriedAgainButNeitherErrorsNorCancellationsNorInterrupts() {
        Retry usual = Retry.upTo(3);
        assertThat(attemptsAfter(usual, new IOException())).isEqualTo(3);
        assertThat(attemptsAfter(usual, new IllegalStateException())).isEqualTo(3);
        assertThat(attemptsAfter(usual, new TimeoutException())).isEqualTo(3);
        assertThat(attemptsAfter(usual, new CancellationException())).isEqualTo(1);
        assertThat(attemptsAfter(usual, new CancelledException("cancelled"))).isEqualTo(1);
        assertThat(attemptsAfter(usual, new InterruptedException())).isEqualTo(1);
        assertThat(attemptsAfter(usual, new AssertionError())).isEqualTo(1);
        assertThat(attemptsAfter(usual, new Throwable())).isEqualTo(1);
    }

    @Test
    void onNamesTheTypes() {
        Retry some = Retry.upTo(2).on(IOException.class, AssertionError.class);
        assertThat(attemptsAfter(some, new FileNotFoundException())).isEqualTo(2);
        assertThat(attemptsAfter(some, new AssertionError())).isEqualTo(2);
        assertThat(attemptsAfter(some, new IllegalStateException())).isEqualTo(1);
        assertThat(attemptsAfter(Retry.upTo(2).on(CancellationException.class), new CancellationException()))
                .isEqualTo(2);
    }

    @Test
    void whenDecidesByTheException() {
        Retry some = Retry.upTo(2).when(e -> "again".equals(e.getMessage()));
        assertThat(attemptsAfter(some, new IOException("again"))).isEqualTo(2);
        assertThat(attemptsAfter(some, new Error("again"))).isEqualTo(2);
        assertThat(attemptsAfter(some, new IOException("never again"))).isEqualTo(1);
    }

    @Test
    void theLastOfOnAndWhenHolds() {
        assertThat(attemptsAfter(Retry.upTo(2).when(e -> true).on(IOException.class), new Exception()))
                .isEqualTo(1);
        assertThat(attemptsAfter(Retry.upTo(2).on(IOException.class).when(e -> true), new Exception()))
                .isEqualTo(2);
    }

    // ---- observers

    @Test
    void observersAreToldOfEachFailureThatAnotherAttemptFollows() {
        IOException exception = new IOException("each");
        List<Retry.Attempt> told = new ArrayList<>();
        Deferred<String> whole = Retry.upTo(3)
                .backoff(Backoff.fixed(SECOND))
                .tapRetry(told::add)
                .tapRetry(attempt -> seen.add("second observer"))
                .run(clock, () -> Deferred.fail(exception));
        assertThat(told).as("before the pause").hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(told)
                .satisfiesExactly(
                        one -> assertThat(one.number()).isEqualTo(1),
                        two -> assertThat(two.number()).isEqualTo(2))
                .allSatisfy(attempt -> {
                    assertThat(attempt.failure().exception()).isSameAs(exception);
                    assertThat(attempt.delay()).isEqualTo(SECOND);
                });
        assertThat(seen).hasSize(2);
        whole.handle(f -> {});
    }

    private void assertFailsWhileHandling(Deferred<String> whole, Throwable wrong, IOException attempt) {
        Failure failure = ((Outcome.Failed<String>) whole.outcome().orElseThrow()).failure();
        assertThat(failure.exception()).isSameAs(wrong);
        assertThat(failure.handling().orElseThrow().exception()).isSameAs(attempt);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void whatOneOfItsFunctionsThrowsIsTheFailure() {
        IOException attempt = new IOException("attempt");
        Callable<Deferred<String>> operation = () -> Deferred.fail(attempt);
        IllegalStateException wrong = new IllegalStateException("wrong");
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .backoff(failed -> {
                            throw wrong;
                        })
                        .run(clock, operation),
                wrong,
                attempt);
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .when(e -> {
                            throw wrong;
                        })
                        .run(clock, operation),
                wrong,
                attempt);
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .tapRetry(told -> {
                            throw wrong;
                        })
                        .run(clock, operation),
                wrong,
                attempt);
        CancelledException cancelled = new CancelledException("a user's own");
        assertFailsWhileHandling(
                Retry.upTo(3)
                        .tapRetry(told -> {
                            throw cancelled;
                        })
                        .run(clock, operation),
                cancelled,
                attempt);
        assertThat(cancelled).hasNoSuppressedExceptions();
    }

    @Test
    void aBackoffThatIsWrongSaysSo() {
        IOException attempt = new IOException("attempt");
        Deferred<String> none = Retry.upTo(3).backoff(failed -> null).run(clock, () -> Deferred.fail(attempt));
        assertThat(failureOf(none))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the backoff returned null");
        assertFailsWhileHandling(none, failureOf(none), attempt);
        Deferred<String> negative =
                Retry.upTo(3).backoff(failed -> SECOND.negated()).run(clock, () -> Deferred.fail(attempt));
        assertThat(failureOf(negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertFailsWhileHandling(negative, failureOf(negative), attempt);
    }

    @Test
    void aSchedulerThatIsClosedSaysSo() {
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        IOException attempt = new IOException("attempt");
        Deferred<String> whole = Retry.upTo(3).backoff(Backoff.fixed(SECOND)).run(closed, () -> Deferred.fail(attempt));
        assertThat(failureOf(whole)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertFailsWhileHandling(whole, failureOf(whole), attempt);
    }

    // ---- the deadline

    @Test
    void aPauseThatWouldLastUntilTheDeadlineIsNotBegun() {
        IOException exception = new IOException("each");
        Retry retry = Retry.upTo(10).backoff(Backoff.fixed(SECOND)).on(IOException.class);
        Deferred<String> until = retry.deadline(Duration.ofSeconds(2)).run(clock, failing(exception));
        clock.advance(SECOND);
        assertThat(failureOf(until)).isSameAs(exception);
        assertThat(seen).containsExactly(Duration.ZERO, SECOND);
        until.handle(f -> {});
        seen.clear();
        Deferred<String> beyond = retry.deadline(Duration.ofMillis(2001)).run(clock, failing(exception));
        clock.advance(Duration.ofSeconds(2));
        assertThat(failureOf(beyond)).isSameAs(exception);
        assertThat(seen).containsExactly(SECOND, Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertNothingUnhandledBut(beyond);
    }

    @Test
    void theDeadlineCutsAnAttemptWithoutPausesToo() {
        Deferred<String> whole = Retry.upTo(10).deadline(SECOND).run(clock, () -> {
            attempts.add(Deferred.succeed(""));
            return Deferred.deferLater(clock, Duration.ofMillis(400), () -> {
                throw new IOException("slow");
            });
        });
        clock.advance(Duration.ofMillis(800));
        assertThat(attempts).hasSize(3);
        clock.advance(Duration.ofMillis(200));
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
        whole.handle(f -> {});
    }

    @Test
    void theDeadlineCutsAnAttempt() {
        Deferred<String> whole = Retry.upTo(3)
                .backoff(Backoff.fixed(SECOND))
                .deadline(Duration.ofSeconds(5))
                .run(clock, this::pending);
        attempts.get(0).errback(new IOException("1"));
        clock.advance(Duration.ofSeconds(4));
        assertThat(attempts).hasSize(2);
        clock.advance(SECOND);
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class).hasMessage("timed out after PT5S");
        clock.advance(Duration.ofMinutes(1));
        assertThat(attempts).hasSize(2);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aValueInSpiteOfTheDeadlineIsTheResult() {
        Deferred<String> whole = Retry.upTo(3).deadline(SECOND).run(clock, this::stubborn);
        clock.advance(SECOND);
        assertThat(seen).containsExactly("cancel");
        assertThat(whole.called()).isFalse();
        attempts.get(0).callback("late");
        assertValue(whole, "late");
    }

    @Test
    void theDeadlineDoesNotLimitWhatIsAddedLater() {
        Deferred<String> next = new Deferred<>();
        Deferred<String> whole = Retry.upTo(3)
                .deadline(SECOND)
                .run(clock, () -> Deferred.succeed(""))
                .chainCallback(value -> next);
        clock.advance(Duration.ofMinutes(1));
        next.callback("next");
        assertValue(whole, "next");
    }

    @Test
    void aDeadlineBeyondAllTimeIsNone() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        Deferred<String> whole =
                Retry.upTo(2).backoff(Backoff.fixed(SECOND)).deadline(forEver).run(clock, this::pending);
        attempts.get(0).errback(new IOException("1"));
        clock.advance(SECOND);
        attempts.get(1).callback("second");
        assertValue(whole, "second");
    }

    // ---- cancelling

    @Test
    void aCancelReachesTheAttempt() {
        Deferred<String> whole = Retry.upTo(3).run(clock, this::pending);
        attempts.get(0).errback(new IOException("1"));
        assertThat(whole.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class).hasNoSuppressedExceptions();
        assertThat(attempts).hasSize(2);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelEndsThePause() {
        Deferred<String> whole = Retry.upTo(3).backoff(Backoff.fixed(SECOND)).run(clock, this::pending);
        IOException failed = new IOException("1");
        attempts.get(0).errback(failed);
        whole.cancel();
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(whole).getSuppressed()).containsExactly(failed);
        assertThat(clock.delayedCalls()).isEmpty();
        clock.advance(SECOND);
        assertThat(attempts).hasSize(1);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void noAttemptFollowsACancelWhateverItLedTo() {
        Deferred<String> whole = Retry.upTo(3).when(e -> true).run(clock, this::stubborn);
        whole.cancel();
        IOException aborted = new IOException("aborted");
        attempts.get(0).errback(aborted);
        assertThat(failureOf(whole)).as("its own").isSameAs(aborted);
        assertThat(attempts).hasSize(1);
        Deferred<String> another = Retry.upTo(3).when(e -> true).run(clock, this::pending);
        another.cancel();
        assertThat(failureOf(another)).isInstanceOf(CancelledException.class).hasNoSuppressedExceptions();
        assertThat(attempts).hasSize(2);
        another.handle(f -> {});
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aValueInSpiteOfTheCancelIsTheResult() {
        Deferred<String> whole = Retry.upTo(3).run(clock, this::stubborn);
        whole.cancel();
        attempts.get(0).callback("in spite of it");
        assertValue(whole, "in spite of it");
    }

    @Test
    void eachCancelReachesTheAttemptOnce() {
        Deferred<String> cleanup = new Deferred<>(self -> seen.add("cancel cleanup"));
        Deferred<String> whole = Retry.upTo(3).run(clock, () -> pending().chainErrback(f -> cleanup));
        whole.cancel();
        assertThat(seen).containsExactly("cancel 1");
        whole.cancel();
        assertThat(seen).containsExactly("cancel 1", "cancel cleanup");
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelFromWithinTheOperationReachesWhatItReturns() {
        List<Deferred<String>> whole = new ArrayList<>();
        whole.add(Retry.upTo(3).run(clock, () -> {
            if (!whole.isEmpty()) {
                whole.get(0).cancel();
                assertThat(seen).as("there is nothing to cancel yet").isEmpty();
            }
            return pending();
        }));
        attempts.get(0).errback(new IOException("1"));
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole.get(0))).isInstanceOf(CancelledException.class);
        assertNothingUnhandledBut(whole.get(0));
    }

    @Test
    void aCancelFromAnotherThreadWhileTheOperationRunsReachesWhatItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> whole = Retry.upTo(3).run(clock, () -> {
            if (!attempts.isEmpty()) {
                running.countDown();
                await(cancelled);
            }
            return pending();
        });
        Thread other = new Thread(() -> attempts.get(0).errback(new IOException("1")));
        other.start();
        await(running);
        whole.cancel();
        cancelled.countDown();
        other.join(Duration.ofMinutes(1).toMillis());
        assertThat(seen).containsExactly("cancel 2");
        assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
        assertThat(attempts).hasSize(2);
        assertNothingUnhandledBut(whole);
    }

    @Test
    void aCancelFromAnObserverBeginsNoOtherAttempt() {
        for (Backoff backoff : List.of(Backoff.none(), Backoff.fixed(SECOND))) {
            attempts.clear();
            List<Deferred<String>> whole = new ArrayList<>();
            whole.add(Retry.upTo(3)
                    .backoff(backoff)
                    .tapRetry(attempt -> whole.get(0).cancel())
                    .run(clock, this::pending));
            IOException failed = new IOException("1");
            attempts.get(0).errback(failed);
            assertThat(failureOf(whole.get(0))).isInstanceOf(CancelledException.class);
            assertThat(failureOf(whole.get(0)).getSuppressed()).containsExactly(failed);
            assertThat(clock.delayedCalls()).isEmpty();
            assertThat(attempts).hasSize(1);
            assertNothingUnhandledBut(whole.get(0));
        }
    }

    @Test
    void aTimeOutOfOneAttemptIsItsFailure() {
        Deferred<String> whole = Retry.upTo(2).run(clock, () -> pending().addTimeout(SECOND, clock));
        clock.advance(SECOND);
        assertThat(seen).containsExactly("cancel 1");
        assertThat(attempts).hasSize(2);
        attempts.get(1).callback("second");
        assertValue(whole, "second");
    }

    @Test
    void aTimeOutOfTheWholeIsATimeOut() {
        Deferred<String> whole = Retry.upTo(9)
                .backoff(Backoff.fixed(Duration.ofSeconds(2)))
                .run(clock, () -> Deferred.<String>fail(new IOException("each")))
                .addTimeout(Duration.ofSeconds(5), clock);
        clock.advance(Duration.ofSeconds(5));
        assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
        assertNothingUnhandledBut(whole);
    }

    // ---- the policy

    @Test
    void eachMethodReturnsANewOne() {
        Retry two = Retry.upTo(2);
        assertThat(two.backoff(Backoff.fixed(SECOND))).isNotSameAs(two);
        two.deadline(SECOND).when(e -> false).tapRetry(attempt -> seen.add("told"));
        Deferred<String> whole = two.run(clock, this::pending);
        assertThat(clock.delayedCalls()).as("no deadline").isEmpty();
        attempts.get(0).errback(new IOException("1"));
        attempts.get(1).callback("second");
        assertValue(whole, "second");
        assertThat(seen).isEmpty();
    }

    @Test
    void onePolicyServesManyRuns() {
        Retry retry = Retry.upTo(2);
        Deferred<String> one = retry.run(clock, this::pending);
        Deferred<String> other = retry.run(clock, this::pending);
        attempts.get(0).errback(new IOException("1"));
        attempts.get(1).errback(new IOException("1"));
        attempts.get(2).callback("one");
        attempts.get(3).callback("other");
        assertValue(one, "one");
        assertValue(other, "other");
    }

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void badArgumentsAreRefusedAtOnce() {
        Retry retry = Retry.upTo(2);
        assertThatThrownBy(() -> Retry.upTo(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be at least one attempt, not 0");
        assertThatThrownBy(() -> retry.deadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> retry.deadline(SECOND.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> retry.on()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> retry.on((Class<IOException>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.when(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.backoff(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.tapRetry(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.deadline(SECOND).run(clock, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> retry.run(null, this::pending)).isInstanceOf(NullPointerException.class);
        assertThat(attempts).isEmpty();
    }

    // ---- a million

    @Test
    @Tag("long")
    void aMillionAttemptsThatFailAtOnceNeedNoDeeperStack() throws Exception {
        IOException exception = new IOException("each");
        int[] count = new int[1];
        Deferred<String> whole = SmallStack.run(() -> Retry.upTo(MILLION).run(clock, () -> {
            count[0]++;
            return Deferred.fail(exception);
        }));
        assertThat(failureOf(whole)).isSameAs(exception);
        assertThat(count[0]).isEqualTo(MILLION);
        whole.handle(f -> {});
    }

    @Test
    @Tag("long")
    void aMillionAttemptsThatArePendingNeedNoDeeperStack() throws Exception {
        IOException exception = new IOException("each");
        List<Deferred<String>> latest = new ArrayList<>(List.of(new Deferred<>()));
        Deferred<String> whole = SmallStack.run(() -> {
            Deferred<String> running = Retry.upTo(MILLION).run(clock, () -> {
                latest.set(0, new Deferred<>());
                return latest.get(0);
            });
            for (int i = 0; i < MILLION; i++) {
                latest.get(0).errback(exception);
            }
            return running;
        });
        assertThat(failureOf(whole)).isSameAs(exception);
        whole.handle(f -> {});
    }

    @Test
    void theFailuresOfEarlierAttemptsAreLetGo() {
        List<WeakReference<Exception>> exceptions = new ArrayList<>();
        List<Deferred<String>> latest = new ArrayList<>(List.of(new Deferred<>()));
        Deferred<String> whole = Retry.upTo(1000).run(clock, () -> {
            latest.set(0, new Deferred<>());
            return latest.get(0);
        });
        for (int i = 0; i < 999; i++) {
            Exception exception = new IOException("number " + i);
            exceptions.add(new WeakReference<>(exception));
            latest.get(0).errback(exception);
        }
        for (int i = 0; i < 100 && exceptions.get(500).get() != null; i++) {
            System.gc();
        }
        assertThat(exceptions.get(500).get()).isNull();
        whole.cancel();
        whole.handle(f -> {});
    }
}
