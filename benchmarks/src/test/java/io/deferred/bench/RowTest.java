// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Figure taking(double nanos) {
        return new Figure(nanos, nanos, 0, 10);
    }

    @Test
    void bestPeerIsTheFastestOfTheOthers() {
        Row row = new Row(
                "fast",
                Map.of(Library.DEFERRED, taking(1), Library.COMPLETABLE_FUTURE, taking(3), Library.VERTX, taking(2)));

        assertThat(row.bestPeer().orElseThrow().getKey()).isEqualTo(Library.VERTX);
    }

    @Test
    void thereIsNoBestPeerWithoutPeers() {
        assertThat(new Row("alone", Map.of(Library.DEFERRED, taking(1))).bestPeer())
                .isEmpty();
    }

    @Test
    void ratioIsOurTimeOverTheirs() {
        Row row = new Row("slow", Map.of(Library.DEFERRED, taking(6), Library.GUAVA, taking(4)));

        assertThat(row.timeRatioTo(Library.GUAVA)).hasValue(1.5);
    }

    @Test
    void thereIsNoRatioIfOneOfTheTwoIsMissing() {
        assertThat(new Row("ours", Map.of(Library.DEFERRED, taking(6))).timeRatioTo(Library.GUAVA))
                .isEmpty();
        assertThat(new Row("theirs", Map.of(Library.GUAVA, taking(6))).timeRatioTo(Library.GUAVA))
                .isEmpty();
    }
}
