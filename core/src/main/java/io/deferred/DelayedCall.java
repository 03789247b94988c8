// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;

/**
 * A call that a {@link Scheduler} is to make. Twisted's {@code IDelayedCall}. Any thread may use it.
 */
public interface DelayedCall {
    /**
     * Returns when it is due.
     *
     * @return on the scale of {@link Scheduler#now()}; the last due time when it is no longer active
     */
    Duration time();

    /**
     * Tells whether it is still to be made.
     *
     * @return false once it has been begun or cancelled
     */
    boolean active();

    /**
     * Takes the call back.
     *
     * @throws DelayedCallCalledException if it has been begun
     * @throws DelayedCallCancelledException if it has been cancelled before
     */
    void cancel();

    /**
     * Takes the call back if it is still active.
     *
     * @return whether it was
     */
    boolean tryCancel();

    /**
     * Makes it due some time from now, whenever it was due before.
     *
     * @param fromNow from now
     * @throws IllegalArgumentException if that is negative
     * @throws DelayedCallCalledException if it has been begun
     * @throws DelayedCallCancelledException if it has been cancelled
     */
    void reset(Duration fromNow);

    /**
     * Makes it due later than it is.
     *
     * @param longer by how much; negative means earlier
     * @throws DelayedCallCalledException if it has been begun
     * @throws DelayedCallCancelledException if it has been cancelled
     */
    void delay(Duration longer);
}
