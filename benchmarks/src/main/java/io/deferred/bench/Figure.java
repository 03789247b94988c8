// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one operation of one library costs. Without a time only the bytes say anything.
 *
 * @param nanos the low percentile of the bursts, in nanoseconds
 * @param median the median of the bursts, in nanoseconds: how noisy the machine was
 * @param bytes allocated
 * @param bursts how many there were
 */
record Figure(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double nanos,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double median,
        double bytes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int bursts) {
    /** One of bytes alone. */
    static Figure ofBytes(double bytes) {
        return new Figure(0, 0, bytes, 0);
    }

    /** For one of so many parts of the operation. */
    Figure dividedBy(int parts) {
        return new Figure(nanos / parts, median / parts, bytes / parts, bursts);
    }

    /** Whether there is a time. */
    boolean timed() {
        return nanos > 0;
    }
}
