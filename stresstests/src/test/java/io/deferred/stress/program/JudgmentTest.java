// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;
import static org.openjdk.jcstress.annotations.Expect.UNKNOWN;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgmentTest {
    private static final Seen GOOD = new Seen("1, 0", ACCEPTABLE, 1000);

    private static StateResult state(String name, Seen... outcomes) {
        return new StateResult("Race." + name, List.of(outcomes), List.of());
    }

    private static Judgment judge(Effort effort, StateResult... results) {
        return Judgment.of(List.of(results), effort);
    }

    @ParameterizedTest
    @EnumSource
    void acceptableOutcomesPass(Effort effort) {
        Judgment judgment = judge(effort, state("OneWins", GOOD, new Seen("0, 0", FORBIDDEN, 0)));
        assertThat(judgment.passed()).isTrue();
        assertThat(judgment.remarks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneForbiddenOutcomeAmongManyIsAFault(Effort effort) {
        Judgment judgment = judge(effort, state("OneWins", GOOD, new Seen("1, 1", FORBIDDEN, 1)), state("Other", GOOD));
        assertThat(judgment.passed()).isFalse();
        assertThat(judgment.faults()).containsExactly("Race.OneWins: the forbidden outcome \"1, 1\" was seen 1 times.");
    }

    @Test
    void anOutcomeOfWhichTheStateDoesNotSpeakIsAFault() {
        assertThat(judge(Effort.FULL, state("OneWins", GOOD, new Seen("7, 7", UNKNOWN, 3)))
                        .passed())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aForkThatFailedIsAFault(Effort effort) {
        StateResult result = new StateResult("Race.OneWins", List.of(GOOD), List.of("TIMEOUT_ERROR with []: []"));
        assertThat(judge(effort, result).faults())
                .containsExactly("Race.OneWins: a fork failed: TIMEOUT_ERROR with []: []");
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "QUICK"})
    void aWeakenedStateWhoseFaultIsNotSeenIsAFault(Effort effort) {
        StateResult weakened = state("WeakenedCheck", GOOD, new Seen("1, 1", ACCEPTABLE_INTERESTING, 0));
        assertThat(judge(effort, weakened).faults())
                .containsExactly("Race.WeakenedCheck: the fault that is built in was not seen.");
    }

    @Test
    void inTheShortestRunThatIsARemark() {
        Judgment judgment =
                judge(Effort.SHORTEST, state("WeakenedCheck", GOOD, new Seen("1, 1", ACCEPTABLE_INTERESTING, 0)));
        assertThat(judgment.passed()).isTrue();
        assertThat(judgment.remarks()).containsExactly("Race.WeakenedCheck: the fault that is built in was not seen.");
    }

    @ParameterizedTest
    @EnumSource
    void aWeakenedStateWhoseFaultIsSeenPasses(Effort effort) {
        Judgment judgment = judge(effort, state("WeakenedCheck", GOOD, new Seen("1, 1", ACCEPTABLE_INTERESTING, 1)));
        assertThat(judgment.passed()).isTrue();
        assertThat(judgment.remarks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anOrdinaryStateNeedNotShowWhatIsInteresting(Effort effort) {
        assertThat(judge(effort, state("OneWins", GOOD, new Seen("2, 2", ACCEPTABLE_INTERESTING, 0)))
                        .passed())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aStateOfWhichNothingWasSeenIsAFault(Effort effort) {
        assertThat(judge(effort, state("OneWins", new Seen("1, 0", ACCEPTABLE, 0)), state("None"))
                        .faults())
                .containsExactly("Race.OneWins: nothing was seen at all.", "Race.None: nothing was seen at all.");
    }

    @ParameterizedTest
    @EnumSource
    void noStateAtAllIsAFault(Effort effort) {
        assertThat(judge(effort).passed()).isFalse();
    }

    @Test
    void everyFaultIsNamed() {
        Judgment judgment = judge(
                Effort.FULL,
                state("A", new Seen("1", FORBIDDEN, 2), new Seen("2", FORBIDDEN, 3)),
                state("WeakenedB", new Seen("3", UNKNOWN, 4)));
        assertThat(judgment.faults())
                .hasSize(4)
                .anyMatch(f -> f.contains("\"1\""))
                .anyMatch(f -> f.contains("\"2\""))
                .anyMatch(f -> f.contains("\"3\""))
                .anyMatch(f -> f.contains("not seen"));
    }
}
