// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.Turn;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing after the other, each when it is asked for: which is what back-pressure is. Twisted's pull producer, with Deferreds.
 *
 * <pre>{@code
 * DeferredQueue<ServerSentEvent> news = new DeferredQueue<>();
 * Source<ServerSentEvent> source = news::get;    // a queue is one; put null to end it
 * }</pre>
 *
 * <p><b>Callbacks</b>: {@link #next} is not called again before what it has returned has fired.
 *
 * <p><b>Cancellation</b>: cancelling what {@link #next} has returned ends the source; nothing is asked of it any more, but for {@link #close()}.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Source<T> {
    /**
     * Asks for the next one.
     *
     * @return a Deferred: the next one, or null, which is the end; a failure is the end, too
     */
    Deferred<@Nullable T> next();

    /** Nobody will ask any more, before the end. Does nothing, unless it is overridden. May be called more than once, and after the end. */
    default void close() {}

    /**
     * Gives these, and ends.
     *
     * @param items asked for one by one
     * @param <T> their type
     * @return a new source
     */
    static <T> Source<T> of(Iterable<? extends T> items) {
        Iterator<? extends T> left = items.iterator();
        return () -> Deferred.succeed(left.hasNext() ? Objects.requireNonNull(left.next(), "item") : null);
    }

    /**
     * Asks for all, each after the Deferred for the one before it has fired.
     *
     * @param each is given each one
     * @return a new Deferred, fired with null at the end. If a Deferred fails, the source is closed, and that is its failure; so is it when it is cancelled. What the close throws is reported
     */
    default Deferred<@Nullable Void> forEach(Callback<? super T, ? extends Deferred<?>> each) {
        Objects.requireNonNull(each, "each");
        return Deferred.<@Nullable Void>loop(() -> next().<Turn<@Nullable Void>>chainCallback(item -> {
                    if (item == null) {
                        return Deferred.succeed(Turn.<@Nullable Void>stop(null));
                    }
                    return each.call(item).addCallback(done -> Turn.<@Nullable Void>again());
                }))
                .tapFailure(failure -> Unhandled.close(this));
    }
}
