// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** What a call of {@link Deferred#cancel()} did. */
public enum Cancellation {
    /** Nothing: it has its result already, or its canceller is at work, or the call came from one of its own callbacks. */
    NOTHING_TO_STOP("there was nothing to stop"),
    /** There was no canceller: it was fired with {@link CancelledException}. The operation itself, if there is one, was not told. */
    FAILED("there was no canceller: it failed, and the operation was not told"),
    /** Its canceller was called, and it has fired. */
    CANCELLER_RAN("its canceller ran"),
    /**
     * It was waiting for another Deferred, and the cancel went there; or a thread was running its callbacks, and the cancel goes to the next Deferred that
     * this run waits for.
     */
    PASSED_ON("it was passed on, to what it stands for or to what its run will wait for");

    private final String words;

    Cancellation(String words) {
        this.words = words;
    }

    /** As a story tells it. */
    String words() {
        return words;
    }
}
