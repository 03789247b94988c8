// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.LeftOutProbe;
import org.junit.jupiter.api.Test;

/** What the races over a long row rely on. */
class LongRowTest {
    @Test
    void nobodyIsLeftOutOfANewRow() {
        LongRow row = new LongRow();
        assertThat(LeftOutProbe.isLeftOut(row.middle())).isFalse();
        assertThat(row.middle().waitingFor().orElse(null)).isSameAs(row.besideTheMiddle());
    }

    @Test
    void theMiddleOfAShortenedRowIsLeftOut() {
        LongRow row = new LongRow().shorten();
        assertThat(LeftOutProbe.isLeftOut(row.middle())).isTrue();
        assertThat(LeftOutProbe.isLeftOut(row.besideTheMiddle())).isTrue();
        assertThat(LeftOutProbe.isLeftOut(row.outermost())).isFalse();
        assertThat(row.middle().waitingFor().orElse(null)).isSameAs(row.besideTheMiddle());
    }

    @Test
    void theOutermostGetsTheInnersResult() {
        LongRow row = new LongRow().shorten();
        row.inner.callback(7);
        assertThat(row.outermost().outcome().orElseThrow().unwrap()).isEqualTo(7);
    }
}
