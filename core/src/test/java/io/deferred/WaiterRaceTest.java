// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Deferred that begins to wait for another one while that one fires: the result is handed over once. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class WaiterRaceTest {
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
}
