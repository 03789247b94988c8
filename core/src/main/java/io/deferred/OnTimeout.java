// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a time-out turns the outcome into. The {@code onTimeoutCancel} of Twisted's {@code addTimeout}.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface OnTimeout<T extends @Nullable Object> {
    /**
     * Called once the Deferred has been cancelled because of the time-out and has come to the stage of the time-out, as a callback is.
     *
     * @param outcome what the cancel led to: most often a {@link CancelledException}, but a value or another failure if the canceller, or an errback
     *     before this stage, gave that
     * @param timeout the time-out
     * @return the result that the pipeline goes on with
     * @throws Exception whatever is thrown becomes the failure that the pipeline goes on with
     */
    T onTimeout(Outcome<T> outcome, Duration timeout) throws Exception;
}
