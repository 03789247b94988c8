// SPDX-License-Identifier: Apache-2.0

/**
 * What other libraries implement so that {@link io.deferred} works with them.
 *
 * <p>Begin with {@link io.deferred.spi.ContextPropagator}: it has callbacks run in the context of the thread that has added them, whichever thread runs them. {@link io.deferred.spi.Awaiting} has a
 * dump say what an operation of theirs waits for. {@link io.deferred.spi.EventLoopThread} is how an event loop says that it is one.
 *
 * <pre>{@code
 * the thread that adds                     the thread that runs
 *
 * d.addCallback(f)                         d.callback(v)
 *    |                                        |
 *    +-- capture() -> what it has  - - - ->   +-- restore(what it has) -> scope
 *                                             +-- f
 *                                             +-- scope.close()
 * }</pre>
 *
 * <pre>{@code
 * static final ThreadLocal<String> USER = new ThreadLocal<>();
 *
 * record Users() implements ContextPropagator {
 *     public Object capture() {
 *         return USER.get();
 *     }
 *
 *     public Scope restore(Object captured) {
 *         String before = USER.get();
 *         USER.set((String) captured);
 *         return () -> USER.set(before);
 *     }
 * }
 * }</pre>
 *
 * <p>What lives here: interfaces that are implemented outside, and what other libraries tell this one. What may not: anything that the users of a Deferred call.
 */
@NullMarked
package io.deferred.spi;

import org.jspecify.annotations.NullMarked;
