// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work over a collection, and retries, in the hands of several threads: no cancel is lost or told twice, nothing is left running or armed. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class WorkRaceTest {
    private static final long ROUNDS = Math.max(1, RaceRound.ROUNDS / 2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A race about what a function begins: a few Deferreds, fired by their numbers. */
    private abstract static class Work extends RaceRound {
        /** One that is begun, and what it leads to when it is cancelled: a cleanup, which a second cancel would reach. */
        static final class Begun {
            final AtomicInteger cancels = new AtomicInteger();
            final AtomicInteger secondCancels = new AtomicInteger();
            volatile boolean endedByCancel;
            final Deferred<Integer> start = new Deferred<>(self -> {
                cancels.incrementAndGet();
                endedByCancel = self.fire(new Failure(new CancelledException("stopped")));
            });
            final Deferred<Integer> cleanup = new Deferred<>(self -> secondCancels.incrementAndGet());
            final Deferred<Integer> all = start.chainErrback(f -> f.check(CancelledException.class)
                    .<Deferred<Integer>>map(e -> cleanup)
                    .orElseGet(f::raise));
        }

        final AtomicReferenceArray<Begun> begun = new AtomicReferenceArray<>(16);
        final AtomicInteger count = new AtomicInteger();
        final int inFunction = random.nextInt(60);

        Work(long seed) {
            super(seed);
        }

        final Deferred<Integer> begin(int number) {
            Begun next = new Begun();
            count.incrementAndGet();
            begun.set(number, next);
            spin(inFunction);
            return next.all;
        }

        abstract Deferred<?> whole();

        /** Fires that one, when it has been begun; false if it had ended before, or is never begun, because the cleanup of one that was cancelled is waited for. */
        final boolean fire(int number, Object result) {
            until(() -> begun.get(number) != null || whole().called() || cancelled() > 0);
            Begun next = begun.get(number);
            return next != null && next.start.fire(result);
        }

        /** Lets the cleanups end; nothing else may be left. */
        final void finish() {
            for (int i = 0; i < begun.length(); i++) {
                Begun one = begun.get(i);
                if (one != null) {
                    assertThat(one.start.called())
                            .as("number " + i + " has ended")
                            .isTrue();
                    assertThat(one.cancels.get()).isLessThanOrEqualTo(1);
                    assertThat(one.secondCancels).as("a cancel told twice").hasValue(0);
                    one.cleanup.fire(new Failure(new CancelledException("cleaned up")));
                }
            }
            assertThat(whole().called()).as("the whole has ended").isTrue();
        }

        final int cancelled() {
            return (int) IntStream.range(0, begun.length())
                    .filter(i -> begun.get(i) != null && begun.get(i).endedByCancel)
                    .count();
        }
    }

    // ---- over a collection

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void severalThreadsEndTheItems(int limit) throws Exception {
        race(3, ROUNDS, seed -> new Work(seed) {
            final AtomicInteger underWay = new AtomicInteger();
            final AtomicInteger most = new AtomicInteger();
            final List<Integer> items = IntStream.range(0, 12).boxed().toList();
            final Deferred<List<Integer>> whole = Parallel.map(items, limit, item -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                return begin(item);
            });

            @Override
            Deferred<?> whole() {
                return whole;
            }

            private void fireEachThird(int first) {
                for (int i = first; i < 12; i += 3) {
                    int number = i;
                    until(() -> begun.get(number) != null);
                    underWay.decrementAndGet();
                    begun.get(i).start.callback(i);
                }
            }

            @Override
            void first() {
                fireEachThird(0);
            }

            @Override
            void second() {
                fireEachThird(1);
            }

            @Override
            void third() {
                fireEachThird(2);
            }

            @Override
            void check() {
                assertThat(whole.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(items));
                assertThat(most.get()).isLessThanOrEqualTo(limit);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCancelAgainstItemsThatEnd(int limit) throws Exception {
        race(2, ROUNDS, seed -> new Work(seed) {
            final List<Integer> items = IntStream.range(0, 6).boxed().toList();
            final Deferred<List<Integer>> whole = Parallel.map(items, limit, this::begin);

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                for (int i = 0; i < 6; i++) {
                    fire(i, i);
                }
            }

            @Override
            void second() {
                whole.cancel();
            }

            @Override
            void check() {
                finish();
                if (cancelled() > 0 || count.get() < 6) {
                    assertThat(failureOf(whole))
                            .isInstanceOf(CancelledException.class)
                            .hasNoSuppressedExceptions();
                    assertThat(cancelled()).isLessThanOrEqualTo(limit);
                } else {
                    assertThat(whole.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(items));
                }
            }
        });
    }

    /** The second item is fired by nobody: unless the cancel reaches it, the whole never ends. */
    @Test
    void aCancelAgainstTheFunction() throws Exception {
        race(2, ROUNDS, seed -> new Work(seed) {
            final Deferred<List<Outcome<Integer>>> whole = Parallel.outcomes(List.of(0, 1), 1, this::begin);

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                fire(0, 0);
            }

            @Override
            void second() {
                whole.cancel();
            }

            @Override
            void check() {
                finish();
                assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
                assertThat(cancelled()).isLessThanOrEqualTo(1);
            }
        });
    }

    @Test
    void ofTwoFailuresOneIsTheFirstAndTheOtherIsKept() throws Exception {
        race(2, ROUNDS, seed -> new Work(seed) {
            final Deferred<List<Integer>> whole = Parallel.map(List.of(0, 1, 2), 3, this::begin);
            final List<IOException> failures = List.of(new IOException("0"), new IOException("1"));
            final boolean[] failed = new boolean[2];

            @Override
            Deferred<?> whole() {
                return whole;
            }

            private void fail(int number) {
                failed[number] = fire(number, new Failure(failures.get(number)));
            }

            @Override
            void first() {
                fail(0);
            }

            @Override
            void second() {
                fail(1);
            }

            @Override
            void check() {
                finish();
                FirstErrorException first = (FirstErrorException) failureOf(whole);
                assertThat(first).hasCause(failures.get(first.index()));
                int other = 1 - first.index();
                if (failed[other]) {
                    assertThat(first.getSuppressed()).containsExactly(failures.get(other));
                } else {
                    assertThat(first).hasNoSuppressedExceptions();
                }
                assertThat(begun.get(2).cancels).hasValue(1);
            }
        });
    }

    // ---- retries

    /** A race about a retry. */
    private abstract static class Tries extends Work {
        final VirtualClock clock = new VirtualClock();
        final Failure failure = new Failure(new IOException("each"));

        Tries(long seed) {
            super(seed);
        }

        final Deferred<Integer> tryNext() {
            return begin(count.get());
        }

        final void assertNothingIsArmed() {
            assertThat(clock.delayedCalls()).isEmpty();
        }
    }

    @Test
    void aCancelAgainstAttemptsThatFail() throws Exception {
        race(2, ROUNDS, seed -> new Tries(seed) {
            final Deferred<Integer> whole = Retry.upTo(5).run(clock, this::tryNext);

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                for (int i = 0; i < 5; i++) {
                    fire(i, failure);
                }
            }

            @Override
            void second() {
                whole.cancel();
            }

            @Override
            void check() {
                finish();
                if (cancelled() > 0) {
                    assertThat(failureOf(whole)).isInstanceOf(CancelledException.class);
                    assertThat(cancelled()).isEqualTo(1);
                } else {
                    assertThat(failureOf(whole)).isInstanceOfAny(CancelledException.class, IOException.class);
                }
            }
        });
    }

    /** The second attempt is fired by nobody: unless the cancel reaches it, the whole never ends. */
    @Test
    void aCancelAgainstTheOperation() throws Exception {
        race(2, ROUNDS, seed -> new Tries(seed) {
            final Deferred<Integer> whole = Retry.upTo(5).run(clock, this::tryNext);

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                fire(0, failure);
            }

            @Override
            void second() {
                whole.cancel();
            }

            @Override
            void check() {
                finish();
                assertThat(count.get()).isLessThanOrEqualTo(2);
                assertThat(cancelled()).isLessThanOrEqualTo(1);
                assertThat(failureOf(whole)).isInstanceOfAny(CancelledException.class, IOException.class);
            }
        });
    }

    @Test
    void aCancelAgainstThePause() throws Exception {
        race(3, ROUNDS, seed -> new Tries(seed) {
            final Deferred<Integer> whole =
                    Retry.upTo(5).backoff(Backoff.fixed(SECOND)).run(clock, this::tryNext);

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                fire(0, failure);
            }

            @Override
            void second() {
                whole.cancel();
            }

            @Override
            void third() {
                clock.advance(SECOND);
            }

            @Override
            void check() {
                finish();
                assertThat(failureOf(whole)).isInstanceOfAny(CancelledException.class, IOException.class);
                assertNothingIsArmed();
            }
        });
    }

    @Test
    void theDeadlineAgainstAFailureAndItsPause() throws Exception {
        race(2, ROUNDS, seed -> new Tries(seed) {
            final Deferred<Integer> whole = Retry.upTo(5)
                    .backoff(Backoff.fixed(SECOND))
                    .deadline(SECOND.multipliedBy(5))
                    .run(clock, this::tryNext);

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                fire(0, failure);
            }

            @Override
            void second() {
                clock.advance(SECOND.multipliedBy(5));
            }

            @Override
            void check() {
                finish();
                assertThat(failureOf(whole)).isInstanceOfAny(TimeoutException.class, IOException.class);
                assertNothingIsArmed();
            }
        });
    }

    @Test
    void theDeadlineAgainstAValue() throws Exception {
        race(2, ROUNDS, seed -> new Tries(seed) {
            final Deferred<Integer> whole = Retry.upTo(5).deadline(SECOND).run(clock, this::tryNext);
            boolean fired;

            @Override
            Deferred<?> whole() {
                return whole;
            }

            @Override
            void first() {
                fired = fire(0, 7);
            }

            @Override
            void second() {
                clock.advance(SECOND);
            }

            @Override
            void check() {
                finish();
                if (fired) {
                    assertThat(whole.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(7));
                } else {
                    assertThat(failureOf(whole)).isInstanceOf(TimeoutException.class);
                }
                assertNothingIsArmed();
            }
        });
    }
}
