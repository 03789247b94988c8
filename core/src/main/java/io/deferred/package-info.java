// SPDX-License-Identifier: Apache-2.0

/**
 * The Deferred of Python's Twisted for the JVM.
 *
 * <p>Begin with {@link io.deferred.Deferred}: a container for a result that is not there yet. {@link io.deferred.Scheduler} is time as a parameter, and {@link io.deferred.VirtualClock} the one for
 * tests; {@link io.deferred.Deferred#async} runs straight-line code; {@link io.deferred.DeferredList} waits for several, and {@link io.deferred.DeferredSemaphore} lets so many in; {@link io.deferred.LoopingCall} and {@link
 * io.deferred.Retry} repeat; {@link io.deferred.UnhandledFailures} sees to it that no failure is lost, and {@link
 * io.deferred.Debugging} has Deferreds tell their stories, for {@link io.deferred.Dump} too.
 *
 * <pre>{@code
 * the operation            a Deferred                        those who want the result
 *
 *                      +------------------+
 *  callback(result) -> | callback errback | <- addCallback, addErrback, ...
 *  errback(error)   -> |     |  \/  |     |
 *                      | callback errback |   returns a value:    straight down on the left
 *                      |     |  \/  |     |   throws:             to the right, one level down
 *                      |    ...    ...    |   returns a Deferred: waits for it
 *                      +------------------+
 * }</pre>
 *
 * <pre>{@code
 * Deferred<String> greeting = new Deferred<>();
 * greeting.consume(r -> System.out.println("Received result: " + r))
 *         .handle(f -> System.out.println("Failed: " + f.exception().getMessage()));
 * greeting.callback("Hello, World!");
 * }</pre>
 *
 * <p>What lives here: the Deferred and what it takes to use one, with {@code java.base} alone. What may not: anything that needs another library, opens a connection, or starts a
 * thread that the text of a class does not name.
 */
@NullMarked
package io.deferred;

import org.jspecify.annotations.NullMarked;
