// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.RaceRound.LONG_ROUNDS;
import static io.deferred.RaceRound.race;
import static io.deferred.RowRace.aboutTheLimitOrTwice;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A turn in the middle of a long row always says for whom it waits, also while it is left out, put back or given the result. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class AskingRaceTest {
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
}
