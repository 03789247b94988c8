// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.RaceRound.LONG_ROUNDS;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deferreds that begin to wait for each other in a circle, on several threads. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class CircleRaceTest {
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
}
