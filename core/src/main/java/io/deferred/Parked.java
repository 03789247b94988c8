// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * Fired, and nobody is running the pipeline, but it is not at rest: it is paused, or it gave its result to a waiter and is to be gone on with after it. Whoever replaces
 * this state by itself owns result and queue.
 */
final class Parked extends Token {
    final Object result;

    /** Whether an earlier run had come to the end with this result: a failure then is unhandled although stages have been added since. */
    final boolean ended;

    private final @Nullable Stage queue;

    /** What was added while it was paused, the newest first: adding need not walk the queue. */
    private final @Nullable Stage added;

    Parked(Object result, @Nullable Stage queue, boolean ended) {
        this(result, queue, ended, null);
    }

    private Parked(Object result, @Nullable Stage queue, boolean ended, @Nullable Stage added) {
        this.result = result;
        this.queue = queue;
        this.ended = ended;
        this.added = added;
    }

    /** The same with one stage more. */
    Parked with(@Nullable Object onValue, @Nullable Object onFailure) {
        return new Parked(result, queue, ended, new Stage(onValue, onFailure, added));
    }

    boolean hasStages() {
        return queue != null || added != null;
    }

    /** All that is to be run. For the new owner, once. */
    @Nullable
    Stage takeQueue() {
        return Stage.append(queue, Stage.inOrder(added));
    }
}
