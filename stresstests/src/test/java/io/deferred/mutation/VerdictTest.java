// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.mutation.Mutant.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Mutant KILLED = new Mutant("A.m | return x; | x", Fate.KILLED);
    private static final Mutant ALIVE = new Mutant("A.m | if (x) { | y", Fate.SURVIVED);
    private static final Mutant NOT_RUN = new Mutant("A.n | z(); | removed call", Fate.NOT_COVERED);

    @Test
    void aSurvivorWithoutAReasonIsNamedAndMakesItBad() {
        Verdict verdict = Verdict.of(List.of(KILLED, ALIVE), Justifications.parse(List.of()), false);

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text())
                .contains(ALIVE.name())
                .contains("2 mutants, 1 killed (50.0 %), 0 justified, 1 neither");
    }

    @Test
    void oneThatNoTestRunsIsASurvivorToo() {
        Verdict verdict = Verdict.of(List.of(NOT_RUN), Justifications.parse(List.of()), false);

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text()).contains(NOT_RUN.name() + "   (no test runs it)");
    }

    @Test
    void aSurvivorWithAReasonMayLive() {
        Verdict verdict =
                Verdict.of(List.of(KILLED, ALIVE), Justifications.parse(List.of("# Why.", ALIVE.name())), false);

        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.text())
                .isEqualToNormalizingNewlines("2 mutants, 1 killed (50.0 %), 1 justified, 0 neither\n");
    }

    @Test
    void aJustificationOfOneThatIsKilledIsShownUnlessOnlyAPartWasTried() {
        Justifications both = Justifications.parse(List.of("# Why.", KILLED.name(), ALIVE.name()));

        assertThat(Verdict.of(List.of(KILLED, ALIVE), both, false).stale()).containsExactly(KILLED.name());
        assertThat(Verdict.of(List.of(KILLED, ALIVE), both, true).stale()).isEmpty();
    }

    @Test
    void aReportOfNothingIsNoGoodOne() {
        assertThat(Verdict.of(List.of(), Justifications.parse(List.of()), false).isGood())
                .isFalse();
    }

    @Test
    void aReasonHoldsUpToTheNextEmptyLine() {
        assertThatThrownBy(() -> Justifications.parse(List.of("# Why.", "A.m", "", "A.n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 4")
                .hasMessageContaining("A.n");
    }

    @Test
    void aNameMayStandOnlyOnce() {
        assertThatThrownBy(() -> Justifications.parse(List.of("# Why.", "A.m", "# Or so.", "A.m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 4");
    }
}
