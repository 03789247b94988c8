// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.isCancelled;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cancel while what is waited for fires: it is neither lost nor left over. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class ChainCancelRaceTest {
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
}
