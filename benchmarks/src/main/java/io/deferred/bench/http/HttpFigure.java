// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

import io.deferred.bench.Spread;
import java.util.List;

/**
 * What one program has seen of both servers in one JVM.
 *
 * @param program which
 * @param rounds of each server
 * @param engine requests in a second, straight on the engine: the median of the rounds
 * @param deferred requests in a second, through Deferreds: the median of the rounds
 * @param ratio of the two, Deferreds to engine: the median of the pairs of rounds
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
        double engineP99,
        double deferredP99,
        double engineCpu,
        double deferredCpu) {
    /** From each round, pair by pair. */
    static HttpFigure of(LoadProgram program, List<Load> engine, List<Load> deferred) {
        double[] ratios = new double[engine.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = deferred.get(i).perSecond() / engine.get(i).perSecond();
        }
        return new HttpFigure(
                program,
                ratios.length,
                Spread.of(engine, Load::perSecond).median(),
                Spread.of(deferred, Load::perSecond).median(),
                Spread.of(ratios).median(),
                Spread.of(engine, Load::p99Millis).median(),
                Spread.of(deferred, Load::p99Millis).median(),
                Spread.of(engine, Load::cpuMicros).median(),
                Spread.of(deferred, Load::cpuMicros).median());
    }

    /** What a request costs the loop, Deferreds to engine. */
    double cpuRatio() {
        return deferredCpu / engineCpu;
    }
}
