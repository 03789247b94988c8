// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.assertValue;
import static io.deferred.Ends.isCancelled;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of those who fire or cancel one Deferred at the same time, one wins, and each hears how it went. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class FiringRaceTest {
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
}
