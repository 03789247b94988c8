// SPDX-License-Identifier: Apache-2.0
package io.deferred.spi;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Failure;

/**
 * Is told what a program makes that has to come to an end some day, and on whose account: for test kits, which ask at the end of a test what of it is left, see {@link io.deferred.Leftover}. Installed by {@link
 * io.deferred.Leftover#track}.
 *
 * <p>As a {@link ContextPropagator} it carries the account from the thread that adds a callback, or starts a body, to the one that runs it: beside the propagator that the program has installed, and around its context.
 *
 * <p><b>Callbacks</b>: the methods are called by many threads at the same time, on the thread that makes the thing, and must return soon. No lock of the library is held meanwhile. They must not throw: what they throw would come out of a user's {@code new
 * Deferred()}.
 */
public interface Tracker extends ContextPropagator {
    /**
     * A Deferred is being made, by this thread, in debug mode; those without a story are not told of. It is to be kept and not used: its constructor has not ended.
     *
     * @param deferred one of a user, or one that the library makes for its own
     */
    void made(Deferred<?> deferred);

    /**
     * A call was armed by {@code callLater}, on a scheduler of this library, by this thread. Not told of those that the library arms for itself.
     *
     * @param call is armed
     * @param action is to be run; {@link io.deferred.Leftover#isOver} knows some that do nothing any more
     * @param line of the program that has asked for it, as stack traces print it
     */
    void armed(DelayedCall call, Runnable action, String line);

    /**
     * An operation has failed after its Deferred had been cancelled: nobody is told but the log, at a low level, and this. On the thread that has fired it.
     *
     * @param cancelled has been over before
     * @param failure came too late
     */
    void late(Deferred<?> cancelled, Failure failure);
}
