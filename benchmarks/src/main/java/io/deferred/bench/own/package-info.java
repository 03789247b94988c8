// SPDX-License-Identifier: Apache-2.0

/**
 * Our own bytes, exactly, against the limits in {@code benchmarks/bytes.limits}: {@code ./bench --bytes}.
 *
 * <p>{@link io.deferred.bench.own.OwnBytes} lists what is measured, {@link io.deferred.bench.own.OwnChild} measures it in one JVM that does without escape analysis, so that what the JIT makes of
 * the code does not matter, and {@link io.deferred.bench.own.BytesCheck} compares. A figure that is below its limit fails as well, because it would hide the next growth.
 */
@NullMarked
package io.deferred.bench.own;

import org.jspecify.annotations.NullMarked;
