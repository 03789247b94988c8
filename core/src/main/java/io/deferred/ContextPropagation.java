// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.ContextPropagator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has callbacks run in the context of the thread that has added them: the place where a {@link ContextPropagator} is installed, one for the whole JVM. What Twisted does with {@code contextvars}, there for coroutines
 * only.
 *
 * <p><b>Callbacks</b>: what is carried are the functions that users give to the {@code add…}, {@code chain…} and {@code tap…} methods of {@link Deferred}, to {@code consume} and {@code handle}, and to {@link
 * Deferred#deferToThread(java.util.concurrent.Executor, Callable) deferToThread} and {@link Deferred#async(Callable) async}, the body of a {@link LoopingCall}, and the
 * step of {@link Deferred#loop}. Cancellers, and handlers of late results, run in the context of whoever calls them.
 *
 * <p><b>Memory</b>: while none is installed, adding costs the reading of one field. Otherwise each function that is added refers to what was captured for it, until it has run.
 *
 * <p>This class is safe for use by any thread.
 */
public final class ContextPropagation {
    private static final AtomicReference<@Nullable ContextPropagator> INSTALLED = new AtomicReference<>();

    private ContextPropagation() {}

    /**
     * Installs a propagator. It is asked about what is added from now on.
     *
     * @param propagator captures and restores; for several kinds of context, one that calls others
     * @throws IllegalStateException if there is one already
     */
    public static void install(ContextPropagator propagator) {
        Objects.requireNonNull(propagator, "propagator");
        ContextPropagator before = INSTALLED.compareAndExchange(null, propagator);
        if (before != null) {
            throw new IllegalStateException("a ContextPropagator is installed already, " + Shown.brief(before)
                    + "; uninstall() it first, or install one that calls both");
        }
    }

    /** Takes out the propagator that is installed, if there is one. What has been captured is still restored. */
    public static void uninstall() {
        INSTALLED.set(null);
    }

    /**
     * Returns a function that is to be called in the context that this thread has now: for a library that runs its users' functions on threads of its own.
     *
     * @param function calls the user
     * @param <A> the type of its argument
     * @param <R> the type of its result
     * @return the same function, if no propagator is installed or it has nothing to carry
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Callback<A, R> carry(
            Callback<A, R> function) {
        Captured context = capture();
        return context == null ? function : argument -> context.call(() -> function.call(argument));
    }

    /** The same for a function without an argument. */
    static <R extends @Nullable Object> Callable<R> carry(Callable<R> function) {
        Captured context = capture();
        return context == null ? function : () -> context.call(function);
    }

    /** The same for what decides about a time-out. */
    static <T extends @Nullable Object> OnTimeout<T> carry(OnTimeout<T> function) {
        Captured context = capture();
        return context == null
                ? function
                : (outcome, timeout) -> context.call(() -> function.onTimeout(outcome, timeout));
    }

    private static @Nullable Captured capture() {
        ContextPropagator propagator = INSTALLED.get();
        if (propagator == null) {
            return null;
        }
        try {
            Object content = propagator.capture();
            return content == null ? null : new Captured(propagator, content);
        } catch (Throwable t) {
            report(t, "capture");
            return null;
        }
    }

    private static void report(Throwable thrown, String method) {
        UnhandledFailures.report(new Failure(thrown), "the method " + method + " of the ContextPropagator");
    }

    private record Captured(ContextPropagator propagator, Object content) {
        <R extends @Nullable Object> R call(Callable<R> function) throws Exception {
            ContextPropagator.Scope scope = restore();
            try {
                return function.call();
            } finally {
                close(scope);
            }
        }

        private ContextPropagator.@Nullable Scope restore() {
            try {
                return Objects.requireNonNull(propagator.restore(content), "there is no scope");
            } catch (Throwable t) {
                report(t, "restore");
                return null;
            }
        }

        private static void close(ContextPropagator.@Nullable Scope scope) {
            if (scope == null) {
                return;
            }
            try {
                scope.close();
            } catch (Throwable t) {
                report(t, "close, of a scope,");
            }
        }
    }
}
