// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.isCancelled;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One race each, between two or three threads, over and over: windows of a few instructions that {@link ThreadStressTest} hits too rarely. The same properties set seed and
 * number of rounds; each race here runs a quarter of them, those over long rows a fortieth.
 */
@ExtendWith(QuietFailures.class)
@Tag("long")
class ThreadRaceTest {
    private static final long LONG_ROUNDS = Math.max(1, ROUNDS / 10);

    private static void assertValue(Deferred<?> d, Object value) {
        assertThat(d.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(value));
    }

    // ---- adding

    @Test
    void firstAddAgainstFire() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<>();
            final int[] ran = new int[2]; // plain: the Deferred orders it

            @Override
            void first() {
                d.callback(1);
            }

            @Override
            void second() {
                d.addCallback(x -> x + ++ran[0] * 0 + 1).called();
            }

            @Override
            void third() {
                d.addCallback(x -> x + ++ran[1] * 0 + 1).called();
            }

            @Override
            void check() {
                assertThat(ran).containsExactly(1, 1);
                assertValue(d, 3);
            }
        });
    }

    @Test
    void addAgainstTheEndOfARun() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = Deferred.succeed(0);
            int ran; // plain

            private void add() {
                for (int i = 0; i < 5; i++) {
                    d.addCallback(x -> {
                                ran++;
                                return x + 1;
                            })
                            .called();
                }
            }

            @Override
            void first() {
                add();
            }

            @Override
            void second() {
                add();
            }

            @Override
            void third() {
                add();
            }

            @Override
            void check() {
                assertThat(ran).isEqualTo(15);
                assertValue(d, 15);
            }
        });
    }

    @Test
    void addAgainstTheBeginningOfAWaitAndItsEnd() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> inner = new Deferred<>();
            final Deferred<Integer> d = new Deferred<Integer>().chainCallback(x -> inner);
            int ran; // plain

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                for (int i = 0; i < 4; i++) {
                    d.addCallback(x -> x + ++ran * 0 + 1).called();
                }
            }

            @Override
            void third() {
                inner.callback(10);
            }

            @Override
            void check() {
                assertThat(ran).isEqualTo(4);
                assertValue(d, 14);
                assertValue(inner, null);
            }
        });
    }

    // ---- firing

    @Test
    void oneOfSeveralFirersWins() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<>();
            final AtomicInteger won = new AtomicInteger();
            final AtomicInteger refused = new AtomicInteger();
            final boolean cancel = random.nextBoolean();
            Cancellation cancellation = Cancellation.NOTHING_TO_STOP;

            private void fire() {
                try {
                    d.callback(1);
                    won.incrementAndGet();
                } catch (AlreadyCalledException e) {
                    refused.incrementAndGet();
                }
            }

            @Override
            void first() {
                fire();
            }

            @Override
            void second() {
                fire();
            }

            @Override
            void third() {
                if (cancel) {
                    cancellation = d.cancel();
                } else {
                    fire();
                }
            }

            @Override
            void check() {
                assertThat(won)
                        .as("told that they fired it, or that were swallowed")
                        .hasValue(1);
                assertThat(refused).hasValue(cancel ? 1 : 2);
                assertThat(isCancelled(d)).isEqualTo(cancellation == Cancellation.FAILED);
                if (cancellation != Cancellation.FAILED) {
                    assertValue(d, 1);
                }
            }
        });
    }

    /** Whoever fires one that is cancelled meanwhile, without a canceller, never hears of it. */
    @Test
    void aLateResultAgainstTheCancel() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<>();
            Cancellation cancellation;

            {
                if (random.nextBoolean()) {
                    d.named("with a side").tap(x -> {}).called();
                }
            }

            @Override
            void first() {
                d.callback(1); // throws if it is neither taken nor swallowed
            }

            @Override
            void second() {
                cancellation = d.cancel();
            }

            @Override
            void check() {
                assertThat(isCancelled(d)).isEqualTo(cancellation == Cancellation.FAILED);
            }
        });
    }

    @Test
    void theCancellerRunsOnceAtMost() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final AtomicInteger ran = new AtomicInteger();
            final Deferred<Integer> d = new Deferred<>(self -> {
                ran.incrementAndGet();
                spin(random.nextInt(50));
            });
            final AtomicInteger said = new AtomicInteger();

            private void cancel() {
                if (d.cancel() == Cancellation.CANCELLER_RAN) {
                    said.incrementAndGet();
                }
            }

            @Override
            void first() {
                cancel();
            }

            @Override
            void second() {
                cancel();
            }

            @Override
            void third() {
                d.named("late").called();
            }

            @Override
            void check() {
                assertThat(ran).hasValue(1);
                assertThat(said).hasValue(1);
                assertThat(isCancelled(d)).isTrue();
            }
        });
    }

    @Test
    void waiterAddedAgainstTheInnerOnesFiring() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> inner = new Deferred<>();
            final Deferred<Integer> d = new Deferred<Integer>().chainCallback(x -> inner);

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                inner.callback(5);
            }

            @Override
            void third() {
                inner.addErrback(f -> f.raise()).called();
                inner.pause();
                inner.unpause();
            }

            @Override
            void check() {
                assertValue(d, 5);
                assertValue(inner, null);
            }
        });
    }

    @Test
    void ofTwoWaitersOneGetsTheResult() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> inner = new Deferred<>();
            final Deferred<Integer> a = new Deferred<Integer>().chainCallback(x -> inner);
            final Deferred<Integer> b = new Deferred<Integer>().chainCallback(x -> inner);

            @Override
            void first() {
                a.callback(0);
            }

            @Override
            void second() {
                b.callback(0);
            }

            @Override
            void third() {
                inner.callback(5);
            }

            @Override
            void check() {
                List<Outcome<Integer>> both =
                        List.of(a.outcome().orElseThrow(), b.outcome().orElseThrow());
                assertThat(both).containsOnlyOnce(new Outcome.Success<>(5));
                assertThat(both).filteredOn(o -> o instanceof Outcome.Failed<?>).hasSize(1);
            }
        });
    }

    // ---- pausing

    @Test
    void unpauseAgainstPark() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<>();
            int ran; // plain

            @Override
            void first() {
                d.addCallback(x -> x + ++ran * 0 + 1).called();
                d.callback(0);
                d.addCallback(x -> x + ++ran * 0 + 1).called();
            }

            @Override
            void second() {
                d.pause();
                d.unpause();
                d.pause();
                d.addCallback(x -> x + ++ran * 0 + 1).called();
                d.unpause();
            }

            @Override
            void check() {
                assertThat(ran).isEqualTo(3);
                assertValue(d, 3);
            }
        });
    }

    @Test
    void unpauseAgainstFire() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<Integer>().addCallback(x -> x + 1);

            {
                d.pause();
            }

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                d.unpause();
            }

            @Override
            void check() {
                assertValue(d, 1);
            }
        });
    }

    /** A callback pauses its own Deferred, and another thread unpauses it while the run is about to stop there. */
    @Test
    void unpauseAgainstAPauseFromInside() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<>();
            volatile boolean paused;

            {
                d.addCallback(x -> {
                            d.pause();
                            paused = true;
                            spin(random.nextInt(30));
                            return x + 1;
                        })
                        .addCallback(x -> x + 1)
                        .called();
            }

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                until(() -> paused);
                d.unpause();
            }

            @Override
            void check() {
                assertValue(d, 2);
            }
        });
    }

    @Test
    void aPauseThatHasReturnedHoldsWhatIsAddedAfterwards() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> d = new Deferred<>();
            boolean early;
            volatile boolean unpaused;

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                d.pause();
                d.tap(x -> early = !unpaused).called();
                spin(random.nextInt(100));
                unpaused = true;
                d.unpause();
            }

            @Override
            void check() {
                assertThat(early).as("ran while it was paused").isFalse();
                assertValue(d, 0);
            }
        });
    }

    @Test
    void inflationAgainstEverything() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> inner = new Deferred<>();
            final Deferred<Integer> d = new Deferred<>();
            final boolean early = random.nextBoolean();
            int ran; // plain

            @Override
            void first() {
                d.addCallback(x -> x + ++ran * 0 + 1).called();
                d.callback(0);
                d.chainCallback(x -> inner.addCallback(y -> x + y)).called();
                d.addCallback(x -> x + ++ran * 0 + 1).called();
            }

            @Override
            void second() {
                d.named("d").called();
                inner.named("inner").called();
                d.addCallback(x -> x + ++ran * 0 + 1).called();
            }

            @Override
            void third() {
                if (early) {
                    inner.callback(100);
                }
                d.named("again").called();
                d.pause();
                inner.named("again").called();
                d.unpause();
            }

            @Override
            void check() {
                if (!early) {
                    inner.callback(100);
                }
                assertThat(ran).isEqualTo(3);
                assertValue(d, 103);
            }
        });
    }

    // ---- cancelling

    /** However the cancel comes, the one that ends in a wait for ever is cancelled: before it fires, while it runs, while it waits, in between. */
    @Test
    void cancelOfARunIsNotLost() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> first = new Deferred<>();
            final Deferred<Integer> second = new Deferred<>();
            final Deferred<Integer> never = new Deferred<>();
            final Deferred<Integer> d = new Deferred<Integer>()
                    .tap(x -> spin(random.nextInt(50)))
                    .chainCallback(x -> first)
                    .chainCallback(x -> second)
                    .chainCallback(x -> never);

            @Override
            void first() {
                fire(d);
                fire(first);
                fire(second);
            }

            @Override
            void second() {
                d.cancel();
            }

            @Override
            void check() {
                assertThat(isCancelled(d))
                        .as("%s was cancelled; never: %s", d, never)
                        .isTrue();
            }
        });
    }

    /** The one who cancels has itself fired what is waited for, and the waiter may be on its way there just then. */
    @Test
    void cancelIsNotLostWhereWhatIsWaitedForHasJustFired() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> first = new Deferred<>();
            final Deferred<Integer> never = new Deferred<>();
            final Deferred<Integer> d =
                    new Deferred<Integer>().chainCallback(x -> first).chainCallback(x -> never);

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                first.callback(1);
                d.cancel();
            }

            @Override
            void check() {
                assertThat(isCancelled(d)).as("%s was cancelled", d).isTrue();
            }
        });
    }

    /** The same with a run that goes on from one Deferred to the one that waits for it. */
    @Test
    void cancelIsNotLostBetweenTheGiverAndItsWaiter() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> never = new Deferred<>();
            final Deferred<Integer> giver = new Deferred<Integer>().tap(x -> spin(random.nextInt(30)));
            final Deferred<Integer> d = new Deferred<Integer>()
                    .chainCallback(x -> giver)
                    .tap(x -> spin(random.nextInt(30)))
                    .chainCallback(x -> never);
            final boolean more = random.nextBoolean();

            {
                d.callback(0);
                if (more) {
                    giver.tap(x -> {}).called();
                }
            }

            @Override
            void first() {
                fire(giver);
            }

            @Override
            void second() {
                d.cancel();
            }

            @Override
            void check() {
                assertThat(isCancelled(d))
                        .as("%s was cancelled; giver: %s, with more to do: %s", d, giver, more)
                        .isTrue();
                Deferred<Integer> later = new Deferred<>();
                giver.chainCallbacks(x -> later, x -> later).called();
                assertThat(later.called()).as("a cancel was left over").isFalse();
            }
        });
    }

    @Test
    void aCancelOfTheGiverIsNotLeftOver() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> giver = new Deferred<Integer>().tap(x -> spin(random.nextInt(30)));
            final Deferred<Integer> d = new Deferred<Integer>().chainCallback(x -> giver);

            {
                d.callback(0);
            }

            @Override
            void first() {
                fire(giver);
            }

            @Override
            void second() {
                giver.cancel();
            }

            @Override
            void check() {
                Deferred<Integer> later = new Deferred<>();
                giver.chainCallbacks(x -> later, x -> later).called();
                assertThat(later.called()).as("a cancel was left over").isFalse();
            }
        });
    }

    /** A run that begins while the one before it is still on its way out. */
    @Test
    void cancelOfASecondRunIsNotTakenAwayByTheEndOfTheFirst() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> never = new Deferred<>();
            final Deferred<Integer> d = new Deferred<>();
            volatile boolean ran;
            volatile boolean runs;
            volatile boolean cancelled;

            {
                d.tap(x -> ran = true).called();
            }

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                until(() -> ran);
                spin(random.nextInt(20));
                d.chainCallback(x -> {
                            runs = true;
                            until(() -> cancelled);
                            return never;
                        })
                        .called();
            }

            @Override
            void third() {
                until(() -> runs);
                d.cancel();
                cancelled = true;
            }

            @Override
            void check() {
                assertThat(isCancelled(d)).as("%s was cancelled", d).isTrue();
            }
        });
    }

    /** The run's next wait is over before the cancel that met the run is delivered: then the cancel is for the wait after that one. */
    @Test
    void cancelOfARunWhoseNextWaitIsShort() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> never = new Deferred<>();
            final Deferred<Integer> inner = new Deferred<>();
            final Deferred<Integer> d = new Deferred<>();
            volatile boolean runs;
            volatile boolean cancelled;

            {
                d.chainCallback(x -> {
                            runs = true;
                            until(() -> cancelled);
                            return inner;
                        })
                        .chainCallback(x -> never)
                        .called();
            }

            @Override
            void first() {
                d.callback(0);
            }

            @Override
            void second() {
                until(() -> runs);
                d.cancel();
                cancelled = true;
            }

            @Override
            void third() {
                until(() -> cancelled);
                spin(random.nextInt(300));
                fire(inner);
            }

            @Override
            void check() {
                assertThat(isCancelled(d))
                        .as("%s was cancelled; inner: %s", d, inner)
                        .isTrue();
            }
        });
    }

    /** The run's next wait is for one that this very thread has to run first. */
    @Test
    void cancelOfARunThatThenWaitsForOneOnItsOwnThread() throws Exception {
        race(2, LONG_ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Integer> never = new Deferred<>();
            final Deferred<Integer> inner = new Deferred<>();
            final Deferred<Integer> d = new Deferred<>();
            volatile boolean runs;
            volatile boolean cancelled;

            {
                inner.chainDeferred(d).chainCallback(x -> never).called();
                d.chainCallback(x -> {
                            runs = true;
                            until(() -> cancelled);
                            return inner;
                        })
                        .called();
            }

            @Override
            void first() {
                inner.callback(0);
            }

            @Override
            void second() {
                until(() -> runs);
                d.cancel();
                cancelled = true;
            }

            @Override
            void check() {
                assertThat(isCancelled(d))
                        .as("%s was cancelled; inner: %s", d, inner)
                        .isTrue();
            }
        });
    }

    /** Fires one that a cancel may have fired. */
    private static void fire(Deferred<Integer> d) {
        try {
            d.callback(0);
        } catch (AlreadyCalledException e) {
            // it was cancelled, and one late result taken before this one
        }
    }

    // ---- circles

    @Test
    void twoThreadsThatCloseACircle() throws Exception {
        race(2, ROUNDS, seed -> new CircleRace(seed, 2));
    }

    @Test
    void threeThreadsThatCloseACircle() throws Exception {
        race(3, ROUNDS, seed -> new CircleRace(seed, 3));
    }

    /** The stage that failed because of a circle has added a waiter, which must not take part when the same two meet again. No race, but what one could hide. */
    @Test
    void aWaiterOfACircleIsNotMistakenForALaterOne() {
        Deferred<String> x = new Deferred<>();
        Deferred<String> m = new Deferred<>();
        Deferred<String> z = new Deferred<>();
        x.chainCallback(v -> m).addErrback(f -> "after the circle").called();
        m.chainCallback(v -> x).called();
        m.callback("waits for x");
        m.chainCallback(v -> z).called();
        x.chainCallback(v -> {
                    m.addCallback(w -> w + ", changed").called();
                    return m;
                })
                .called();
        x.callback("closes the circle");
        z.callback("from z");
        assertValue(x, "from z, changed");
    }

    /** At least one stage fails, and nobody hangs. */
    private static final class CircleRace extends RaceRound {
        private final List<Deferred<Integer>> all = new ArrayList<>();

        CircleRace(long seed, int size) {
            super(seed);
            for (int i = 0; i < size; i++) {
                int next = (i + 1) % size;
                int spins = random.nextInt(50);
                all.add(new Deferred<Integer>().chainCallback(x -> {
                    spin(spins);
                    return all.get(next);
                }));
            }
        }

        @Override
        void first() {
            all.get(0).callback(0);
        }

        @Override
        void second() {
            all.get(1).callback(0);
        }

        @Override
        void third() {
            all.get(2).callback(0);
        }

        @Override
        void check() {
            assertThat(all).allSatisfy(d -> assertThat(d.outcome()).isPresent());
            assertThat(all)
                    .anySatisfy(d -> assertThat(d.outcome().orElseThrow()).isInstanceOf(Outcome.Failed.class));
        }
    }

    /** A long row is about to wait for one that, at that moment, begins to wait for the outermost of the row. */
    @Test
    void aCircleClosedWhileTheRowIsShortened() throws Exception {
        race(2, LONG_ROUNDS, seed -> new RowRace(seed, Link.LIMIT - 1 + new Random(seed).nextInt(5)) {
            {
                last().chainCallback(x -> row.get(0)).called();
            }

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
            }

            @Override
            void second() {
                spin(random.nextInt(200));
                last().callback(0);
            }

            @Override
            void check() {
                assertThat(row.get(0).outcome())
                        .as("outcome of the outermost, %s", row.get(0))
                        .isPresent();
                assertThat(last().waitingFor()).as("whom the last waits for").isEmpty();
            }
        });
    }

    // ---- shortened rows

    /** So that firing one more makes a group be left out, or another one after that, or not quite. */
    private static int aboutTheLimitOrTwice(long seed) {
        Random random = new Random(seed);
        return Link.LIMIT * (1 + random.nextInt(2)) - 2 + random.nextInt(5);
    }

    /** A row whose turns wait for each other up to the last but one, which is unfired, as is the last. */
    private abstract static class RowRace extends RaceRound {
        final List<Deferred<Integer>> row = new ArrayList<>();

        RowRace(long seed, int waiting) {
            super(seed);
            for (int i = 0; i <= waiting; i++) {
                int next = i + 1;
                row.add(new Deferred<Integer>().chainCallback(x -> row.get(next)));
            }
            row.add(new Deferred<>());
            for (int i = 0; i < waiting; i++) {
                row.get(i).callback(0);
            }
        }

        final Deferred<Integer> last() {
            return row.get(row.size() - 1);
        }

        final Deferred<Integer> anyMiddle() {
            return row.get(1 + random.nextInt(row.size() - 2));
        }
    }

    @Test
    void pauseAgainstLeavingOut() throws Exception {
        race(2, LONG_ROUNDS, seed -> new RowRace(seed, Link.LIMIT) {
            final Deferred<Integer> paused = random.nextBoolean() ? row.get(row.size() - 2) : anyMiddle();

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
            }

            @Override
            void second() {
                paused.pause();
            }

            @Override
            void check() {
                last().callback(7);
                assertThat(row.get(0).outcome())
                        .as("outcome of the outermost, with a paused one in the row: %s", paused)
                        .isEmpty();
                paused.unpause();
                assertValue(row.get(0), 7);
            }
        });
    }

    @Test
    void addingToAMiddleAgainstLeavingOutAndTheHandOver() throws Exception {
        race(3, LONG_ROUNDS, seed -> new RowRace(seed, aboutTheLimitOrTwice(seed)) {
            final Deferred<Integer> a = anyMiddle();
            final Deferred<Integer> b = anyMiddle();
            final boolean fired = random.nextBoolean();
            final List<Integer> gotA = new ArrayList<>();
            final List<Integer> gotB = new ArrayList<>();

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
                if (fired) {
                    last().callback(7);
                }
            }

            @Override
            void second() {
                a.tap(gotA::add).called();
                a.pause();
                a.tap(gotA::add).called();
                a.unpause();
            }

            @Override
            void third() {
                b.tap(gotB::add).called();
                b.named("late").called();
                b.tap(gotB::add).called();
            }

            @Override
            void check() {
                if (!fired) {
                    last().callback(7);
                }
                assertValue(row.get(0), 7);
                assertThat(gotA).hasSize(2);
                assertThat(gotB).hasSize(2);
                for (int i = 1; i < row.size(); i++) {
                    Deferred<Integer> d = row.get(i);
                    if (d != a && d != b && d != row.get(row.size() - 2)) {
                        assertValue(d, null);
                    }
                }
            }
        });
    }

    @Test
    void cancelOfAMiddleAgainstLeavingOutAndTheHandOver() throws Exception {
        race(3, LONG_ROUNDS, seed -> new RowRace(seed, aboutTheLimitOrTwice(seed)) {
            final Deferred<Integer> a = random.nextBoolean() ? row.get(row.size() - 2) : anyMiddle();
            final Deferred<Integer> b = anyMiddle();

            @Override
            void first() {
                fire(row.get(row.size() - 2));
            }

            @Override
            void second() {
                a.cancel();
            }

            @Override
            void third() {
                b.tap(x -> {}).called();
            }

            @Override
            void check() {
                assertThat(isCancelled(row.get(0)))
                        .as("%s was cancelled by way of %s", row.get(0), a)
                        .isTrue();
            }
        });
    }

    /** Of two neighbors one is asked all the time, and the other is put back, while they are left out and while the result comes by. */
    @Test
    void askingAMiddleAgainstLeavingOutAndTheHandOver() throws Exception {
        race(3, LONG_ROUNDS, seed -> new RowRace(seed, aboutTheLimitOrTwice(seed)) {
            final int asked = 2 + random.nextInt(row.size() - 5);
            final Deferred<Integer> neighbor = row.get(asked + (random.nextBoolean() ? 1 : -1));
            final boolean putBack = random.nextInt(3) > 0;
            final List<Integer> got = new ArrayList<>();
            volatile boolean given;

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
                spin(random.nextInt(200));
                given = true;
                last().callback(7);
            }

            @Override
            void second() {
                Deferred<Integer> d = row.get(asked);
                until(() -> {
                    Object shown = d.waitingFor().orElse(null);
                    if (shown == null ? !given : shown != row.get(asked + 1)) {
                        problem("turn " + asked + " shows " + shown + " instead of " + row.get(asked + 1));
                    }
                    Pipeline real = d.waitsFor();
                    if (real == null && !given) {
                        problem("turn " + asked + " waits for nobody: " + d);
                    }
                    return shown == null || d.outcome().isPresent();
                });
                d.tap(got::add).called();
            }

            @Override
            void third() {
                if (putBack) {
                    neighbor.pause();
                    neighbor.named("neighbor").called();
                    neighbor.unpause();
                } else {
                    until(() -> row.get(asked).outcome().isPresent());
                }
            }

            @Override
            void check() {
                assertValue(row.get(0), 7);
                assertValue(row.get(asked), null);
                assertValue(neighbor, null);
                assertThat(got).containsExactly((Integer) null);
            }
        });
    }

    /** The one comes from outside, the other from inside, and they meet. */
    @Test
    void addingToEachAgainstLeavingOut() throws Exception {
        race(2, LONG_ROUNDS, seed -> new RowRace(seed, Link.LIMIT) {
            final List<Integer> ran = new ArrayList<>();

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
            }

            @Override
            void second() {
                for (int i = 1; i < row.size() - 1; i++) {
                    int number = i;
                    row.get(i).tap(x -> ran.add(number)).called();
                }
            }

            @Override
            void check() {
                last().callback(7);
                assertValue(row.get(0), 7);
                assertThat(ran)
                        .isEqualTo(IntStream.range(1, row.size() - 1).boxed().toList());
            }
        });
    }

    @Test
    void pausingEachAgainstLeavingOut() throws Exception {
        race(2, LONG_ROUNDS, seed -> new RowRace(seed, Link.LIMIT) {
            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
            }

            @Override
            void second() {
                for (int i = 1; i < row.size() - 2; i++) {
                    row.get(i).pause();
                }
            }

            @Override
            void check() {
                last().callback(7);
                for (int i = row.size() - 3; i > 0; i--) {
                    Deferred<Integer> d = row.get(i);
                    if (d.outcome().isEmpty() || !d.outcome().get().equals(new Outcome.Success<>(7))) {
                        throw new AssertionError("the pause of turn " + i + " does not hold the result: " + d);
                    }
                    d.unpause();
                }
                assertValue(row.get(0), 7);
            }
        });
    }

    /** More threads than processors: some have been interrupted between any two of their instructions when the result comes by, and go on when another one has seen that. */
    @Test
    void askedByManyWhileTheResultComesBy() throws Exception {
        race(6, LONG_ROUNDS / 5, seed -> new RowRace(seed, Link.LIMIT) {
            final int asked = 2 + random.nextInt(Link.LIMIT - 3);
            final int spins = random.nextInt(20_000);
            volatile boolean given;

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
                spin(spins);
                given = true;
                last().callback(7);
            }

            private void ask() {
                Object next = row.get(asked + 1);
                for (Object shown = next; shown != null; ) {
                    shown = row.get(asked).waitingFor().orElse(null);
                    if (shown == null ? !given : shown != next) {
                        problem("turn " + asked + " shows " + shown + " instead of " + next);
                        return;
                    }
                }
            }

            @Override
            void second() {
                ask();
            }

            @Override
            void third() {
                ask();
            }

            @Override
            void check() {
                assertValue(row.get(0), 7);
                assertValue(row.get(asked), null);
            }
        });
    }

    /** The same, when the result has come by in part, and is held up inside of the one that is asked. */
    @Test
    void askedByManyWhileItIsPutBackIntoAGap() throws Exception {
        race(6, LONG_ROUNDS / 5, seed -> new RowRace(seed, Link.LIMIT) {
            final Deferred<Integer> asked = row.get(2 + random.nextInt(Link.LIMIT - 10));
            final Deferred<Integer> holding = row.get(Link.LIMIT - 3);
            final int spins = random.nextInt(20_000);
            volatile boolean over;

            {
                row.get(row.size() - 2).callback(0);
                holding.pause();
                last().callback(7);
            }

            @Override
            void first() {
                spin(spins);
                asked.tap(x -> {}).called();
                over = true;
            }

            private void ask() {
                while (!over) {
                    if (asked.waitsFor() == null) {
                        problem("it waits for nobody: " + asked);
                        return;
                    }
                }
            }

            @Override
            void second() {
                ask();
            }

            @Override
            void third() {
                ask();
            }

            @Override
            void check() {
                assertThat(row.get(0).outcome()).isEmpty();
                holding.unpause();
                assertValue(row.get(0), 7);
            }
        });
    }

    @Test
    void severalMiddlesReturnedElsewhere() throws Exception {
        race(3, LONG_ROUNDS, seed -> new RowRace(seed, aboutTheLimitOrTwice(seed)) {
            final Deferred<Integer> a = row.get(1 + random.nextInt(Link.LIMIT - 10));
            final Deferred<Integer> other = new Deferred<Integer>().chainCallback(x -> a);

            @Override
            void first() {
                row.get(row.size() - 2).callback(0);
            }

            @Override
            void second() {
                other.callback(0);
            }

            @Override
            void third() {
                last().callback(7);
            }

            @Override
            void check() {
                assertValue(row.get(0), 7);
                assertThat(other.outcome().orElseThrow())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed ->
                                        assertThat(failed.failure().exception()).hasMessageContaining("already taken"));
            }
        });
    }
}
