// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.isCancelled;
import static io.deferred.RaceRound.LONG_ROUNDS;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cancel that meets a run on another thread reaches what the run waits for in the end. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class RunCancelRaceTest {
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
}
