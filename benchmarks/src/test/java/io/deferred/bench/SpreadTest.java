// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianIsInTheMiddleWhateverTheOrder() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(1, 2, 3));
    }

    @Test
    void ofTwoTheUpperOneIsTheMedian() {
        assertThat(Spread.of(4, 2)).isEqualTo(new Spread(2, 4, 4));
    }

    @Test
    void aPropertyOfEachIsLookedAt() {
        assertThat(Spread.of(List.of("a", "bbbb", "cc"), String::length)).isEqualTo(new Spread(1, 2, 4));
    }

    @Test
    void whatJvmsHaveMeasuredIsPutTogetherByWhatItIs() {
        assertThat(Spread.transposed(List.of(List.of("row 1", "rows 1"), List.of("row 2", "rows 2"))))
                .containsExactly(List.of("row 1", "row 2"), List.of("rows 1", "rows 2"));
    }

    @Test
    void itShowsTheMedianAndTheRange() {
        assertThat(Spread.of(0.9, 1.1, 1).toString().strip()).isEqualTo("1.000  0.900 to 1.100");
    }
}
