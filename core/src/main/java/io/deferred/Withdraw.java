// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * The canceller of those who stand in a line for something. Whoever serves the line takes a waiter out first and fires it a moment later: a cancel that finds the waiter gone comes after
 * the hand-over, and goes wherever the waiter has gone by then. Were both to fire it, a cancel that loses would be lost.
 *
 * @param line where they stand
 */
record Withdraw<T extends @Nullable Object>(Line line) implements Canceller<T> {
    boolean from(Pipeline waiter) {
        return line.withdraw(waiter);
    }

    @Override
    public void cancel(Deferred<T> self) {
        throw new AssertionError("cancelled by the pipeline itself");
    }
}
