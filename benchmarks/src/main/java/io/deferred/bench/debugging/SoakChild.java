// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import io.deferred.UnhandledFailures;
import io.deferred.bench.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The JVM of the soak. */
final class SoakChild {
    private static final int SAMPLES = 20;

    private SoakChild() {}

    /**
     * Runs and ends.
     *
     * @param args the file for the samples, and the milliseconds to run
     */
    public static void main(String[] args) throws Exception {
        long nanos = Duration.ofMillis(Long.parseLong(args[1])).toNanos();
        LongAdder reports = new LongAdder();
        UnhandledFailures.setHandler(report -> reports.increment());
        List<Soak.Sample> samples = new ArrayList<>();
        long turns = 0;
        try (SoakTurn turn = new SoakTurn()) {
            long start = System.nanoTime();
            for (int sample = 1; sample <= SAMPLES; sample++) {
                while (System.nanoTime() - start < nanos / SAMPLES * sample) {
                    turn.run();
                    turns++;
                }
                UnhandledFailures
                        .reportNow(); // or those of the last seconds would live, as many as the machine had time for
                samples.add(new Soak.Sample(turns, Memory.live()));
                System.err.printf("%d of %d%n", sample, SAMPLES);
            }
        }
        UnhandledFailures.reportNow();
        if (reports.sum() != turns) {
            throw new IllegalStateException(
                    "each turn leaves one failure unhandled, " + turns + " did, " + reports + " were reported");
        }
        ChildJvm.answer(args, samples);
    }
}
