// SPDX-License-Identifier: Apache-2.0
package io.deferred.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks a thread as an event loop: one that serves many, and must not wait for one. On such a thread {@link io.deferred.Deferred#await()} and {@link io.deferred.Deferred#get} are refused, with the name of the
 * loop, instead of stopping it.
 *
 * <p>A library that runs a loop calls {@link #enter} once, on the loop's own thread, before anything else runs there.
 */
public final class EventLoopThread {
    private static final ThreadLocal<@Nullable String> NAME = new ThreadLocal<>();

    private EventLoopThread() {}

    /**
     * Says that the calling thread is an event loop, until it ends or {@link #leave} is called.
     *
     * @param name what messages call the loop
     */
    public static void enter(String name) {
        NAME.set(Objects.requireNonNull(name, "name"));
    }

    /** Says that the calling thread is none any more. Does nothing if it was none. */
    public static void leave() {
        NAME.remove();
    }

    /**
     * Returns the name of the loop that the calling thread is.
     *
     * @return empty on any other thread
     */
    public static Optional<String> current() {
        return Optional.ofNullable(NAME.get());
    }
}
