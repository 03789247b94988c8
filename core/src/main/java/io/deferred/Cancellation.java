// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** What a call of {@link Deferred#cancel()} did. */
public enum Cancellation {
    /** Nothing: it has its result already, or its canceller is at work, or the call came from one of its own callbacks. */
    NOTHING_TO_STOP,
    /** There was no canceller: it was fired with {@link CancelledException}. The operation itself, if there is one, was not told. */
    FAILED,
    /** Its canceller was called, and it has fired. */
    CANCELLER_RAN,
    /**
     * It was waiting for another Deferred, and the cancel went there; or a thread was running its callbacks, and the cancel goes to the next Deferred that
     * this run waits for.
     */
    PASSED_ON
}
