// SPDX-License-Identifier: Apache-2.0
package io.deferred.spi;

/**
 * Tells what a Deferred waits for that is no Deferred itself: a connection of a pool, an answer from the network. Implemented by the {@link io.deferred.Canceller} of a Deferred, which knows its operation; shown by {@link
 * io.deferred.Dump}.
 */
@FunctionalInterface
public interface Awaiting {
    /**
     * Says what the operation waits for just now. Called by any thread, also while the operation goes on. No lock of the library is held meanwhile.
     *
     * @return words that fit behind "waits for"
     */
    String awaited();
}
