// SPDX-License-Identifier: Apache-2.0

/**
 * The programs behind {@code ./bench}: an interleaved comparison of promises, our own bytes against their limits, and how cost grows.
 *
 * <p>{@link io.deferred.bench.Bench} is the command line. It starts a JVM for each {@link io.deferred.bench.Case}, in which {@link io.deferred.bench.Child} warms all contenders of one scenario up and
 * then runs short bursts of them in shuffled rounds ({@link io.deferred.bench.Bursts}). What is measured lives in {@code scenario}, a class for each shape of work with a method for each library;
 * nothing else may live there. {@code jdbc} measures the module {@code deferred-jdbc}.
 */
@NullMarked
package io.deferred.bench;

import org.jspecify.annotations.NullMarked;
