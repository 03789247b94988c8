// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * Stops the operation behind a {@link Deferred} when it is cancelled before it has fired. Twisted's canceller.
 *
 * @param <T> the type of the Deferred's result
 */
@FunctionalInterface
public interface Canceller<T extends @Nullable Object> {
    /**
     * Called at most once, by the thread that cancels. No lock of this library is held meanwhile. It may fire the Deferred, with a result or an error of its
     * own; if it does not, the Deferred is fired with {@link CancelledException} when it returns.
     *
     * @param self the Deferred that is being cancelled
     * @throws Exception is attached to the {@link CancelledException} as suppressed; {@link Deferred#cancel()} itself never throws
     */
    void cancel(Deferred<T> self) throws Exception;
}
