// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

/**
 * What a program that loads a server has seen in one round.
 *
 * @param perSecond requests
 * @param p99Millis of 100 requests, 99 took no longer
 */
record Load(double perSecond, double p99Millis) {}
