// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** What a cancel does to code that a thread is running for a Deferred. */
public enum OnCancel {
    /** Nothing: it runs to its end, and what it gives then comes too late. */
    LEAVE_RUNNING,
    /** The thread is interrupted while it runs that code: never before, and never afterwards. */
    INTERRUPT
}
