// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * A canceller of this library that only hands the cancel on to others. Unlike one of a user it is called for each cancel, also for one that comes while it is at
 * work. The Deferred is fired by the ends of the others alone, now or later.
 *
 * @param others cancels them
 */
record PassOn<T extends @Nullable Object>(Runnable others) implements Canceller<T> {
    @Override
    public void cancel(Deferred<T> self) {
        throw new AssertionError("called by the pipeline itself");
    }
}
