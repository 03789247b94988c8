// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * The canceller of a Deferred whose operation decides by itself how it ends after a cancel, and when: the cancel fires the Deferred, which then waits for another one. As recorded of
 * Twisted's inlineCallbacks.
 *
 * @param successor called as the first callback of the fired one, by the thread that cancels: passes the cancel on, and returns what is fired at the operation's end
 */
record GoOnWith<T extends @Nullable Object>(Callback<@Nullable Object, Deferred<T>> successor) implements Canceller<T> {
    @Override
    public void cancel(Deferred<T> self) {
        throw new AssertionError("cancelled by the pipeline itself");
    }
}
