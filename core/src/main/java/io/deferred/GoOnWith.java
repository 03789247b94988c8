// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * The canceller of a Deferred whose operation decides by itself how it ends after a cancel, and when: the cancel fires the Deferred, which then waits for a successor. As recorded of Twisted's
 * {@code inlineCallbacks}.
 */
interface GoOnWith<T extends @Nullable Object> extends Canceller<T> {
    /**
     * Makes what the operation fires at its end instead of the cancelled one.
     *
     * @return null if that is not what it would fire now: somebody else is about to fire it
     */
    @Nullable
    Deferred<T> successorOf(Pipeline cancelled);

    /** Hands the cancel on. Called by the thread that cancels, which runs the cancelled one meanwhile. */
    void passOn();

    @Override
    default void cancel(Deferred<T> self) {
        throw new AssertionError("cancelled by the pipeline itself");
    }
}
