// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.UnhandledFailures;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakTest {
    @Test
    void whatGrowsSteadilyIsNotFlat() {
        assertThat(isFlat(LongStream.range(0, 20).map(i -> 10_000_000 + i * 100_000)))
                .isFalse();
    }

    @Test
    void whatGoesUpAndDownIsFlat() {
        assertThat(isFlat(LongStream.range(0, 20).map(i -> 10_000_000 + (i % 2) * 1_000_000)))
                .isTrue();
    }

    @Test
    void oneHighSampleIsNoLeak() {
        assertThat(isFlat(LongStream.range(0, 20).map(i -> i == 19 ? 50_000_000 : 10_000_000)))
                .isTrue();
    }

    @Test
    void eachTurnLeavesOneFailureUnhandledAndNoOther() throws Exception {
        LongAdder reports = new LongAdder();
        UnhandledFailures.setHandler(report -> reports.increment());
        UnhandledFailures.setGracePeriod(Duration.ofHours(1), new VirtualClock()); // nobody else reports meanwhile
        try (SoakTurn turn = new SoakTurn()) {
            for (int i = 0; i < 1001; i++) { // with a dump
                turn.run();
            }
        } finally {
            UnhandledFailures.reportNow();
            UnhandledFailures.resetHandler();
            UnhandledFailures.resetGracePeriod();
        }
        assertThat(reports.sum()).isEqualTo(1001);
    }

    private static boolean isFlat(LongStream live) {
        long[] all = live.toArray();
        return Soak.isFlat(IntStream.range(0, all.length)
                .mapToObj(i -> new Soak.Sample(i, all[i]))
                .toList());
    }
}
