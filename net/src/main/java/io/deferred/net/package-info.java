// SPDX-License-Identifier: Apache-2.0

/**
 * Communication over the network, whose results are {@linkplain io.deferred.Deferred Deferreds}.
 *
 * <p>Begin with {@link io.deferred.net.Reactor}: one event loop, which keeps time, runs what it is given, and serves connections. A {@link io.deferred.net.Protocol} is what is done with a {@link
 * io.deferred.net.Connection}; {@link io.deferred.net.HttpAgent} asks servers, {@link io.deferred.net.HttpServer} answers clients.
 *
 * <pre>{@code
 *   peers                 one thread: the Reactor's loop                     your code
 *
 *  a connection  --->  Connection --> Protocol.dataReceived(...)  --->  runs on the loop,
 *                <---  write(...) <------------------------------------  and never blocks it
 *  a server      <---  HttpAgent.request(...)   ---> Deferred of a HttpResponse
 *  a client      --->  HttpServer --> HttpHandler: HttpRequest ---> Deferred of a HttpResponse
 * }</pre>
 *
 * <pre>{@code
 * Reactor reactor = Reactor.start();
 * HttpAgent agent = HttpAgent.on(reactor);
 * HttpServer.listen(reactor, Endpoint.local(8080), request -> agent.get("http://upstream.example" + request.path())
 *                 .chainCallback(HttpResponse::text)
 *                 .addCallback(text -> HttpResponse.ok("upstream says: " + text)))
 *         .consume(server -> System.out.println("listening on port " + server.port()))
 *         .handle(failure -> System.err.println(failure.trace()));
 * }</pre>
 *
 * <p><b>Callbacks</b>: a Deferred of this package fires on the loop from which its method was called, or, when that was called by a thread that is no loop, on the loop of the reactor in question. No lock is held
 * meanwhile. Callbacks must not block: {@link io.deferred.Deferred#await()} and {@link io.deferred.Deferred#get} are refused there. Any thread may call any method, unless it says otherwise.
 *
 * <p><b>Cancellation</b>: a Deferred of this package has a canceller that stops what it stands for: the attempt to connect, the exchange with the server.
 *
 * <p><b>Failure</b>: what goes wrong with a peer is an {@link java.io.IOException}, and a connection that is lost fails all that waits for it, with {@link io.deferred.net.ConnectionLostException}.
 *
 * <p>What lives here: transports and protocols. What may not: a type of the engine in a public signature, a thread that {@link io.deferred.net.Reactor} does not name, or anything that knows of applications.
 */
@NullMarked
package io.deferred.net;

import org.jspecify.annotations.NullMarked;
