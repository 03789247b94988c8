// SPDX-License-Identifier: Apache-2.0
package io.deferred.spi;

import org.jspecify.annotations.Nullable;

/**
 * Carries what belongs to a thread (a {@link ThreadLocal}, the MDC of a logger, the span of a tracer) from the thread that adds a callback to the one that runs it. Installed by {@link
 * io.deferred.ContextPropagation#install}.
 *
 * <p><b>Callbacks</b>: the methods are called by many threads at the same time. No lock of the library is held meanwhile.
 *
 * <p><b>Failure</b>: what a method throws is reported to the handler of {@link io.deferred.UnhandledFailures}, and the callback is added, or runs, all the same: without the context if it could not be captured
 * or restored.
 */
public interface ContextPropagator {
    /**
     * Takes the present thread's context, when a function of a user is added to a Deferred or given to a thread. Called once for each function, by the thread that adds it.
     *
     * @return what {@link #restore} is to be given, of any type; null if there is nothing to carry for this function, which then runs in whatever context its thread has
     */
    @Nullable
    Object capture();

    /**
     * Gives the present thread a context. Called just before the function, by the thread that runs it, which may be the one that has captured; within the run of another function, if that is
     * what makes this one runnable. Not called for a function that is never run, nor where nothing was captured.
     *
     * @param captured what {@link #capture} has returned for this function
     * @return what takes the context away again
     */
    Scope restore(Object captured);

    /** A context in force. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        /** Gives the thread back the context that it had. Called right after the function, by the same thread, whether the function has returned or thrown; of scopes within each other the inner one first. */
        @Override
        void close();
    }
}
