// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;

/** What unfired Deferreds of this library stand in, to be fired by whoever serves it. */
interface Line {
    /** Takes a waiter out; false if it was not there any more. */
    boolean withdraw(Pipeline waiter);

    /** What those in it wait for, in words, for a dump. */
    String awaited();

    /** What is one and the same thing for all that wait for it. */
    default Object identity() {
        return this;
    }

    /** Those that have what is waited for, as far as that is known: in debug mode, of locks and semaphores. */
    default List<Pipeline> holders() {
        return List.of();
    }
}
