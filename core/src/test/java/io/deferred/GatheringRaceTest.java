// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members of one gathering that end at the same time, one with a value and one with a failure. The properties of {@link RaceRound} set seed and number of rounds. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class GatheringRaceTest {
    /** Two members, of which the first has a value and the second a failure. */
    private abstract static class Two extends RaceRound {
        private final IOException failure = new IOException("disk");
        final Deferred<Integer> one = new Deferred<>();
        final Deferred<Integer> two = new Deferred<>();
        final Deferred<?> whole = gather(List.of(one, two));

        Two(long seed) {
            super(seed);
        }

        abstract Deferred<?> gather(List<Deferred<Integer>> members);

        @Override
        void first() {
            one.callback(1);
        }

        @Override
        void second() {
            two.errback(failure);
        }

        final void assertThatTheFailureDecided() {
            assertThat(failureOf(whole))
                    .isInstanceOfSatisfying(
                            FirstErrorException.class,
                            e -> assertThat(e.index()).isEqualTo(1));
        }

        final void assertThatTheValueDecided(Object value) {
            assertThat(whole.outcome().orElseThrow()).isEqualTo(new Outcome.Success<>(value));
        }
    }

    @Test
    void aFailureFailsGatherResultsWhicheverMemberIsTheLast() throws Exception {
        race(2, ROUNDS, seed -> new Two(seed) {
            @Override
            Deferred<?> gather(List<Deferred<Integer>> members) {
                return Deferred.gatherResults(members);
            }

            @Override
            void check() {
                assertThatTheFailureDecided();
            }
        });
    }

    @Test
    void aFailureFailsAListThatFiresOnOneErrbackWhicheverMemberIsTheLast() throws Exception {
        race(2, ROUNDS, seed -> new Two(seed) {
            @Override
            Deferred<?> gather(List<Deferred<Integer>> members) {
                return DeferredList.all(members, DeferredList.Option.FIRE_ON_ONE_ERRBACK);
            }

            @Override
            void check() {
                assertThatTheFailureDecided();
            }
        });
    }

    @Test
    void aValueFiresAListThatFiresOnOneCallbackWhicheverMemberIsTheLast() throws Exception {
        race(2, ROUNDS, seed -> new Two(seed) {
            @Override
            Deferred<?> gather(List<Deferred<Integer>> members) {
                return DeferredList.first(members);
            }

            @Override
            void check() {
                assertThatTheValueDecided(new DeferredList.One<>(1, 0));
            }
        });
    }

    @Test
    void aValueWinsARaceWhicheverMemberIsTheLast() throws Exception {
        race(2, ROUNDS, seed -> new Two(seed) {
            @Override
            Deferred<?> gather(List<Deferred<Integer>> members) {
                return Deferred.race(members);
            }

            @Override
            void check() {
                assertThatTheValueDecided(new Indexed<>(0, 1));
                assertThat(one.outcome()).contains(new Outcome.Success<>(null));
            }
        });
    }
}
