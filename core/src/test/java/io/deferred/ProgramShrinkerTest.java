// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.ProgramOp.Act;
import io.deferred.ProgramOp.Sides;
import io.deferred.ProgramOp.What;
import io.deferred.RandomProgram.Kind;
import io.deferred.RandomProgram.Made;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class ProgramShrinkerTest {
    private static final Made WATCHED = new Made(Kind.CANCELLER_FIRES, true);
    private static final Made RESERVED = new Made(Kind.RESERVED, false);
    private static final Made DERIVED = new Made(Kind.DERIVED, false);

    /** Who fires by hand what the lock is to fire, calls the function while another has the lock: the only law that can be broken without breaking the library. */
    private static final RandomProgram UNLAWFUL = new RandomProgram(
            1,
            List.of(WATCHED, RESERVED, RESERVED, DERIVED, DERIVED),
            List.of(
                    List.of(ProgramOp.add(0, Sides.BOTH, Act.CHANGE, -1), ProgramOp.of(What.NAME, 0, -1, -1)),
                    List.of(
                            ProgramOp.of(What.RUN_LOCKED, 3, 1, -1),
                            ProgramOp.of(What.CANCEL, 0, -1, -1),
                            ProgramOp.of(What.RUN_LOCKED, 4, 2, -1),
                            ProgramOp.of(What.PUT, -1, -1, -1),
                            ProgramOp.of(What.FIRE, 4, -1, -1))));

    @Test
    void aBrokenLawIsFoundAndWhatBreaksItIsLeft() throws Exception {
        try (ProgramCrews crews = new ProgramCrews()) {
            assertThatThrownBy(() -> crews.repeat(UNLAWFUL, 1))
                    .isInstanceOf(StressCrew.Failed.class)
                    .hasMessageContaining("more than 1 hold");

            ProgramShrinker shrinker = new ProgramShrinker(crews, UNLAWFUL, "");
            assertThat(shrinker.shrink()).isTrue();
            assertThat(shrinker.problem()).contains("more than 1 hold");
            assertThat(shrinker.smallest()).hasToString("""
                      Deferred 1: RESERVED
                      Deferred 2: RESERVED
                      thread 1: run locked 3 of 1; run locked 4 of 2; fire 4
                    """);
        }
    }

    @Test
    void aProgramThatDoesNotFailAgainIsLeftAsItIs() throws Exception {
        RandomProgram lawful = UNLAWFUL.withThread(1, List.of());
        try (ProgramCrews crews = new ProgramCrews()) {
            ProgramShrinker shrinker = new ProgramShrinker(crews, lawful, "once");

            assertThat(shrinker.shrink()).isFalse();
            assertThat(shrinker.smallest()).isSameAs(lawful);
            assertThat(shrinker.problem()).isEqualTo("once");
        }
    }

    @Test
    void aSeedMakesTheSameProgramAgain() {
        for (int pattern = 0; pattern < 4; pattern++) {
            long seed = ProgramGenerator.seed(7, 11, pattern);

            assertThat(ProgramGenerator.program(seed)).isEqualTo(ProgramGenerator.program(seed));
            assertThat(ProgramGenerator.program(seed).threads()).hasSize(ProgramGenerator.threads(pattern));
        }
    }
}
