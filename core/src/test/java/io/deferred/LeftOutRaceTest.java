// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.Ends.isCancelled;
import static io.deferred.RaceRound.LONG_ROUNDS;
import static io.deferred.RaceRound.race;
import static io.deferred.RowRace.aboutTheLimitOrTwice;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns in the middle of a long row that are added to, paused, cancelled or returned elsewhere, while they are left out of the waiting. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class LeftOutRaceTest {
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
