// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorsTest {
    private final Anchors anchors = new Anchors(Set.of("one", "café", "a+b", "a b", "per%20cent"));

    @ParameterizedTest
    @ValueSource(strings = {"one", "caf%C3%A9", "a+b", "a%2Bb", "a%20b", "per%20cent"})
    void aFragmentIsFoundAsItStandsOrDecoded(String fragment) {
        assertThat(anchors.has(fragment)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "top", "TOP", "Top"})
    void theTopIsAlwaysThere(String fragment) {
        assertThat(anchors.has(fragment)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"One", "two", "one%20", "caf"})
    void nothingElseIs(String fragment) {
        assertThat(anchors.has(fragment)).isFalse();
    }

    @Test
    void directionsToTheBrowserDoNotCount() {
        assertThat(anchors.has(":~:text=anything")).isTrue();
        assertThat(anchors.has("one:~:text=anything")).isTrue();
        assertThat(anchors.has("two:~:text=anything")).isFalse();
    }
}
