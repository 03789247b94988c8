// SPDX-License-Identifier: Apache-2.0

/**
 * A server of {@code deferred-net} beside the same handler written straight on its engine: {@code ./bench --http}.
 *
 * <p>{@link io.deferred.bench.http.HttpBench} starts a JVM for it and prints. There {@link io.deferred.bench.http.HttpChild} has both servers, with one loop each; {@code wrk} and {@code h2load} load them in turn, in rounds of seconds.
 */
@NullMarked
package io.deferred.bench.http;

import org.jspecify.annotations.NullMarked;
