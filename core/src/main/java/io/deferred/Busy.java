// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** Waiting for a thread that is in the middle of a change of a few instructions. */
final class Busy {
    private Busy() {}

    /** Lets the other thread run: it has been preempted, or it would have been done. Parking would cost more than it can still need. */
    @SuppressWarnings("ThreadPriorityCheck")
    static void yieldToOwner() {
        Thread.yield();
    }
}
