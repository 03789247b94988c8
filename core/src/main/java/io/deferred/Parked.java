// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * Fired, and nobody is running the pipeline, but it is not at rest: it is paused, or it gave its result to a waiter and is to be gone on with after
 * it. Whoever replaces this state with itself owns result and queue.
 */
final class Parked extends Token {
    final Object result;
    final @Nullable Stage queue;

    /** Whether an earlier run had come to the end with this result: a failure then is unhandled although stages have been added since. */
    final boolean ended;

    Parked(Object result, @Nullable Stage queue, boolean ended) {
        this.result = result;
        this.queue = queue;
        this.ended = ended;
    }
}
