// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * A canceller of this library that only hands the cancel on to others. Unlike one of a user it is called for each cancel, also for one that comes while it is at
 * work: with several lists over the same members that is how all of them are reached.
 *
 * @param others cancels them
 * @param othersFire whether the Deferred is fired by the ends of the others alone, now or later; otherwise it fails with {@link CancelledException} when they have
 *     been told
 */
record PassOn<T extends @Nullable Object>(Runnable others, boolean othersFire) implements Canceller<T> {
    @Override
    public void cancel(Deferred<T> self) {
        others.run();
    }
}
