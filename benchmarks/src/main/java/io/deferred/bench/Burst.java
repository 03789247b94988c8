// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

/** A loop over one contender. */
interface Burst {
    /** Runs the operation so many times, and looks at what it returns each time. */
    void run(Op op, Object expected, int times) throws Throwable;
}
