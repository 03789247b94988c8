// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import io.deferred.bench.Spread;

/**
 * What one task has shown in one JVM.
 *
 * @param task what was done
 * @param rounds of each side
 * @param plain how many in a second by hand: the median of the rounds
 * @param deferred how many in a second through Deferreds: the median of the rounds
 * @param ratio of the speeds, Deferreds to plain: the median of the pairs of rounds
 */
record JdbcFigure(Task task, int rounds, double plain, double deferred, double ratio) {
    /** From the nanoseconds of each round, pair by pair. */
    static JdbcFigure of(Task task, long[] plain, long[] deferred) {
        double[] ratios = new double[plain.length];
        double[] plainSpeeds = new double[plain.length];
        double[] deferredSpeeds = new double[plain.length];
        for (int i = 0; i < plain.length; i++) {
            ratios[i] = (double) plain[i] / deferred[i];
            plainSpeeds[i] = task.perRound * 1e9 / plain[i];
            deferredSpeeds[i] = task.perRound * 1e9 / deferred[i];
        }
        return new JdbcFigure(
                task,
                plain.length,
                Spread.of(plainSpeeds).median(),
                Spread.of(deferredSpeeds).median(),
                Spread.of(ratios).median());
    }
}
