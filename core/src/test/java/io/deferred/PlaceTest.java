// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {
    private final Place.Kept kept = new Place.Kept();

    @Test
    void eachPlaceKnowsItsNumber() {
        for (int i = 0; i < Place.Kept.AT_MOST + 2; i++) {
            assertThat(kept.of(i).value).isEqualTo(i);
        }
    }

    @Test
    void oneThatComesFirstFromFarAwayIsThere() {
        assertThat(kept.of(Place.Kept.AT_MOST - 1).value).isEqualTo(Place.Kept.AT_MOST - 1);
        assertThat(kept.of(Place.Kept.AT_FIRST).value).isEqualTo(Place.Kept.AT_FIRST);
    }

    @Test
    void thoseOfUsualSizeAreMadeOnce() {
        int[] numbers = {0, Place.Kept.AT_FIRST - 1, Place.Kept.AT_FIRST, 1000, Place.Kept.AT_MOST - 1};
        for (int number : numbers) {
            assertThat(kept.of(number)).as("%s", number).isSameAs(kept.of(number));
        }
        assertThat(kept.of(Place.Kept.AT_MOST)).isNotSameAs(kept.of(Place.Kept.AT_MOST));
    }

    @Test
    void whatWasMadeBeforeIsKeptWhenItGrows() {
        Place first = kept.of(0);
        kept.of(1000);
        assertThat(kept.of(0)).isSameAs(first);
    }

    @Test
    void whatIsKeptGrowsNoFurtherThanItMust() {
        assertThat(kept.size()).isEqualTo(Place.Kept.AT_FIRST);
        kept.of(1000);
        assertThat(kept.size()).isEqualTo(1024);
        kept.of(1023);
        assertThat(kept.size()).isEqualTo(1024);
        kept.of(1024);
        assertThat(kept.size()).isEqualTo(2048);
    }

    @Test
    void allShareOneStore() {
        assertThat(Place.of(7)).isSameAs(Place.of(7));
    }
}
