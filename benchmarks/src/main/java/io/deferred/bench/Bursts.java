// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures contenders in one JVM: all are warmed up first, and then run in short bursts, in rounds of shuffled order. What disturbs a burst (another process, a collection) leaves the low percentile of
 * many alone, and what changes the whole machine for a while meets all contenders: ratios hold where seconds do not.
 */
final class Bursts {
    private static final double LOW_PERCENTILE = 0.1;

    private final Plan plan;
    private final Random random = new Random(42);

    Bursts(Plan plan) {
        this.plan = plan;
    }

    private static final class Run {
        final Contender contender;
        final List<Double> nanos = new ArrayList<>();
        final List<Double> bytes = new ArrayList<>();
        int times = 1;

        Run(Contender contender) {
            this.contender = contender;
        }

        void burst(Allocated allocated) {
            long bytesBefore = allocated.bytes();
            long start = System.nanoTime();
            contender.run(times);
            long end = System.nanoTime();
            long bytesAfter = allocated.bytes();
            double operations = (double) times * contender.scenario.operations();
            nanos.add((end - start) / operations);
            bytes.add((bytesAfter - bytesBefore) / operations);
        }

        /** As many times as fit into a burst, by what the last burst took. */
        void fit(Duration burst) {
            double nanosForOnce = nanos.get(nanos.size() - 1) * contender.scenario.operations();
            times = (int) Math.max(1, Math.min(1_000_000, burst.toNanos() / Math.max(1, nanosForOnce)));
        }

        Figure figure() {
            // Bytes of the second half: by then the compiler has had its last word.
            List<Double> late = bytes.subList(bytes.size() / 2, bytes.size());
            return new Figure(
                    percentile(nanos, LOW_PERCENTILE), percentile(nanos, 0.5), percentile(late, 0.5), nanos.size());
        }
    }

    Map<Library, Figure> measure(List<Contender> contenders) {
        List<Run> runs = contenders.stream().map(Run::new).toList();
        for (int turn = 0; turn < 2; turn++) {
            runs.forEach(this::warmUp);
        }
        Allocated allocated = new Allocated();
        long end = System.nanoTime() + plan.atMost().toNanos();
        List<Run> order = new ArrayList<>(runs);
        for (int i = 0; i < plan.bursts() && (i < 3 || System.nanoTime() < end); i++) {
            Collections.shuffle(order, random);
            order.forEach(run -> run.burst(allocated));
        }
        Map<Library, Figure> figures = new EnumMap<>(Library.class);
        runs.forEach(run -> figures.put(run.contender.library, run.figure()));
        return figures;
    }

    private void warmUp(Run run) {
        Allocated allocated = new Allocated();
        long end = System.nanoTime() + plan.warmUp().toNanos() / 2;
        do {
            run.burst(allocated);
            run.fit(plan.burst());
        } while (System.nanoTime() < end);
        run.nanos.clear();
        run.bytes.clear();
    }

    /** The value of the sorted ones at this fraction of the way, between two the lower one. */
    static double percentile(List<Double> values, double fraction) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (fraction * (sorted.length - 1))];
    }
}
