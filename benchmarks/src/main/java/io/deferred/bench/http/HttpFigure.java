// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * What one program has seen of both servers.
 *
 * @param program which
 * @param rounds of each server
 * @param engine requests in a second, straight on the engine: the median of the rounds
 * @param deferred requests in a second, through Deferreds: the median of the rounds
 * @param ratio of the two, Deferreds to engine: the median of the pairs of rounds
 * @param low a quarter of the pairs is below this
 * @param high a quarter of the pairs is above this
 * @param engineP99 in milliseconds: the median of the rounds
 * @param deferredP99 in milliseconds: the median of the rounds
 * @param engineCpu microseconds of the loop for each request: the median of the rounds
 * @param deferredCpu microseconds of the loop for each request: the median of the rounds
 */
record HttpFigure(
        LoadProgram program,
        int rounds,
        double engine,
        double deferred,
        double ratio,
        double low,
        double high,
        double engineP99,
        double deferredP99,
        double engineCpu,
        double deferredCpu) {
    /** From each round, pair by pair. */
    static HttpFigure of(LoadProgram program, Load[] engine, Load[] deferred) {
        double[] ratios = new double[engine.length];
        for (int i = 0; i < engine.length; i++) {
            ratios[i] = deferred[i].perSecond() / engine[i].perSecond();
        }
        return new HttpFigure(
                program,
                engine.length,
                median(engine, Load::perSecond),
                median(deferred, Load::perSecond),
                quantile(ratios, 0.5),
                quantile(ratios, 0.25),
                quantile(ratios, 0.75),
                median(engine, Load::p99Millis),
                median(deferred, Load::p99Millis),
                median(engine, Load::cpuMicros),
                median(deferred, Load::cpuMicros));
    }

    private static double median(Load[] loads, ToDoubleFunction<Load> what) {
        return quantile(Arrays.stream(loads).mapToDouble(what).toArray(), 0.5);
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }
}
