// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pauses by one thread, while another one fires the Deferred or runs its callbacks. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class PauseRaceTest {
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
}
