// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

/**
 * What a program that loads a server has seen in one round.
 *
 * @param perSecond requests
 * @param p99Millis of 100 requests, 99 took no longer
 * @param cpuMicros what the server's loop has spent on each request; not known to the program that loads it
 */
record Load(double perSecond, double p99Millis, double cpuMicros) {
    Load(double perSecond, double p99Millis) {
        this(perSecond, p99Millis, Double.NaN);
    }
}
