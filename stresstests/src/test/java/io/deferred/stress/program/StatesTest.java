// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatesTest {
    private static final List<String> ALL = List.of("a.b.FireAndFire.OneWins", "a.b.FireAndAdd.EachOnce", "a.Add.$1");

    @Test
    void noNamesChooseAll() {
        assertThat(States.chosen(ALL, List.of())).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void aNameChoosesByRaceAndStateInAnyCase() {
        assertThat(States.chosen(ALL, List.of("fireand")))
                .containsExactly("a.b.FireAndAdd.EachOnce", "a.b.FireAndFire.OneWins");
        assertThat(States.chosen(ALL, List.of("FireAndAdd.Each"))).containsExactly("a.b.FireAndAdd.EachOnce");
        assertThat(States.chosen(ALL, List.of("onewins", "once"))).hasSize(2);
    }

    @Test
    void thePackageIsNoPartOfTheName() {
        assertThat(States.shortName("a.b.FireAndAdd.EachOnce")).isEqualTo("FireAndAdd.EachOnce");
        assertThat(States.chosen(ALL, List.of("a.b"))).isEmpty();
    }

    @Test
    void thePatternMatchesExactlyTheChosen() {
        String pattern = States.pattern(List.of("a.Add.$1", "a.b.FireAndAdd.EachOnce"));
        assertThat("a.Add.$1").matches(pattern);
        assertThat("a.b.FireAndAdd.EachOnce").matches(pattern);
        assertThat("a.b.FireAndAdd.EachOnceMore").doesNotMatch(pattern);
        assertThat("aXb.FireAndAdd.EachOnce").doesNotMatch(pattern);
    }
}
