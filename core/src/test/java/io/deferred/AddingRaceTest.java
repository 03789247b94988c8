// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callbacks that several threads add, while the Deferred fires, runs or gets its side record: each runs once, and in turn. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class AddingRaceTest {
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
}
