// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import java.util.Arrays;

/**
 * What one task has shown.
 *
 * @param task what was done
 * @param rounds of each side
 * @param plain how many in a second by hand: the median of the rounds
 * @param deferred how many in a second through Deferreds: the median of the rounds
 * @param ratio of the speeds, Deferreds to plain: the median of the pairs of rounds
 * @param low a quarter of the pairs is below this
 * @param high a quarter of the pairs is above this
 */
record JdbcFigure(Task task, int rounds, double plain, double deferred, double ratio, double low, double high) {
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
                quantile(plainSpeeds, 0.5),
                quantile(deferredSpeeds, 0.5),
                quantile(ratios, 0.5),
                quantile(ratios, 0.25),
                quantile(ratios, 0.75));
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }
}
