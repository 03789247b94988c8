// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Comparison of(Map<String, Long> limits, Map<String, Long> measured) {
        return new Comparison(limits, measured);
    }

    @Test
    void equalFiguresAreFine() {
        Comparison comparison = of(Map.of("new", 24L), Map.of("new", 24L));
        assertThat(comparison.complaints()).isEmpty();
        assertThat(comparison.toString()).contains("new").contains("24").doesNotContain("+", "!");
    }

    @Test
    void moreThanTheLimitFailsWithBothFigures() {
        Comparison comparison = of(Map.of("new", 24L), Map.of("new", 32L));
        assertThat(comparison.complaints()).singleElement().asString().contains("new has grown", "24", "32");
        assertThat(comparison.toString()).contains("+8");
    }

    @Test
    void lessThanTheLimitFailsAndAsksForALowerOne() {
        Comparison comparison = of(Map.of("new", 24L), Map.of("new", 16L));
        assertThat(comparison.complaints())
                .singleElement()
                .asString()
                .contains("new has become leaner", "24", "16", "lower the limit");
        assertThat(comparison.toString()).contains("-8");
    }

    @Test
    void aWorkWithoutALimitFails() {
        assertThat(of(Map.of(), Map.of("new", 24L)).complaints())
                .singleElement()
                .asString()
                .contains("new has no limit in the file", "24");
    }

    @Test
    void aLimitWithoutAWorkFails() {
        Comparison comparison = of(Map.of("old", 24L), Map.of());
        assertThat(comparison.complaints()).singleElement().asString().contains("old", "nothing of that name");
        assertThat(comparison.toString()).contains("!");
    }
}
