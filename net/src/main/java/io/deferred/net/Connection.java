// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection, with or without TLS. Twisted's transport. What comes from it goes to its {@link Protocol}.
 *
 * <p><b>Callbacks</b>: see {@link io.deferred.net}. The methods here never block, and may be called by any thread; what one thread writes goes out in the order in which it was written.
 *
 * <p><b>Back-pressure</b>, out: what is written waits in memory until the peer takes it; {@link #send} and {@link #whenWritable} tell when there is room. In: while reading is {@linkplain #pauseReading() paused},
 * nothing is taken from the network but for one buffer, and the peer comes to a stop.
 *
 * <p><b>Failure</b>: when it is lost, all that waits on it fails with {@link ConnectionLostException}: what {@link #send}, {@link #whenWritable} and {@link #expect} have returned. Then {@link Protocol#connectionLost} is
 * called.
 */
public final class Connection {
    private final Reactor reactor;
    private final NetSocketInternal socket;
    private final Outgoing outgoing;
    private final Waiting waiting;
    private final Life life;

    Connection(Reactor reactor, NetSocketInternal socket, String what, TcpOptions options, Protocol protocol) {
        this.reactor = reactor;
        this.socket = socket;
        this.waiting = new Waiting(reactor);
        this.life = new Life(this, reactor, socket, what, options, protocol, waiting);
        this.outgoing = new Outgoing(reactor, socket, options, waiting, life);
    }

    Life life() {
        return life;
    }

    boolean allSent() {
        return outgoing.allSent();
    }

    // ---- writing

    /**
     * Writes. After a loss, and after {@link #close()} or {@link #closeWriting()}, it does nothing: {@link Protocol#connectionLost} tells.
     *
     * @param data copied
     */
    public void write(byte[] data) {
        outgoing.write(Objects.requireNonNull(data, "data"));
    }

    /**
     * Writes a text, in UTF-8.
     *
     * @param text the text
     */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a line: the text, in UTF-8, and CR LF. Twisted's {@code sendLine}.
     *
     * @param line the text
     * @throws IllegalArgumentException if it has a line break itself
     */
    public void writeLine(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a line must not have line breaks in it; write its lines one by one");
        }
        write(line + "\r\n");
    }

    /**
     * {@linkplain #write(byte[]) Writes}, and tells when more may follow.
     *
     * @param data copied
     * @return {@link #whenWritable()} after that
     */
    public Deferred<@Nullable Void> send(byte[] data) {
        write(data);
        return whenWritable();
    }

    /**
     * Waits until there is room for more.
     *
     * @return a new Deferred: fired at once while not more than {@link TcpOptions#writeMark()} bytes wait to be sent, otherwise when they are half of that; {@link ConnectionLostException} if the connection is lost. Cancelling it
     *     leaves the connection as it is
     */
    public Deferred<@Nullable Void> whenWritable() {
        Pledge<@Nullable Void> room = waiting.pledge("room to write to " + life.what());
        reactor.tell(() -> outgoing.whenWritable(room));
        return room.deferred();
    }

    // ---- reading

    /** Stops reading, until {@link #resumeReading()}: {@link Protocol#dataReceived} is called no more. Twisted's {@code pauseProducing}. Called on the loop, it works at once. */
    public void pauseReading() {
        reactor.run(life::pause);
    }

    /** Goes on reading. Does nothing if reading was not paused. Twisted's {@code resumeProducing}. */
    public void resumeReading() {
        reactor.run(life::resume);
    }

    /**
     * Tells whether reading is paused.
     *
     * @return as far as the loop has come by now
     */
    public boolean readingPaused() {
        return life.paused();
    }

    /**
     * Stops reading until something has come to an end: one request at a time, for instance.
     *
     * @param something is waited for; its result, or its failure, stays where it is
     */
    public void pauseReadingUntil(Deferred<?> something) {
        pauseReading();
        something.tapBoth(ended -> resumeReading());
    }

    // ---- waiting

    /**
     * Makes a Deferred for something that is to come over this connection, the answer to a request, say: the caller fires it when it has come; if the connection is lost before, it fails.
     *
     * @param label what it stands for, a few words
     * @param <T> the type of the result
     * @return a new Deferred: unfired, or, if the connection is lost already, soon failed with {@link ConnectionLostException}. Cancelling it fails it, and no more
     */
    public <T extends @Nullable Object> Deferred<T> expect(String label) {
        Pledge<T> expected = waiting.pledge(label);
        reactor.tell(() -> waiting.add(expected));
        return expected.deferred();
    }

    /**
     * Waits until the connection is no more.
     *
     * @return a new Deferred: the reason, which is its result, not its failure
     */
    public Deferred<ConnectionLostException> whenLost() {
        Pledge<ConnectionLostException> loss = waiting.pledge("the loss of " + life.what());
        reactor.tell(() -> waiting.addForLoss(loss));
        return loss.deferred();
    }

    // ---- the end

    /**
     * Closes it, after what has been written has been sent; nothing is received from now on. A peer that does not take it in {@link TcpOptions#closeWithin()} is not waited for. Twisted's {@code loseConnection}.
     *
     * @return a Deferred, fired when it is closed; it never fails
     */
    public Deferred<@Nullable Void> close() {
        reactor.run(life::close);
        return whenLost().addCallback(reason -> null);
    }

    /**
     * Ends this half of it, after what has been written has been sent: the peer is told that nothing more comes, and may go on sending. What is written from now on is dropped. When the peer has ended its half, too, the
     * connection is closed; there is no time-out for that but {@link TcpOptions#idleWithin()}. Twisted's {@code loseWriteConnection}.
     *
     * @return a new Deferred, fired when the peer is told; {@link ConnectionLostException} if the connection is lost before. Cancelling it changes nothing
     * @throws IllegalStateException if it is spoken with TLS, which the engine ends in both directions at once
     * @see HalfCloseableProtocol
     */
    public Deferred<@Nullable Void> closeWriting() {
        if (socket.isSsl()) {
            throw new IllegalStateException(
                    "a connection with TLS has no halves to be closed alone; say the end in the protocol, or close() it");
        }
        Pledge<@Nullable Void> end = waiting.pledge("the end of writing to " + life.what());
        reactor.tell(() -> life.halves().endSending(end));
        return end.deferred();
    }

    /** Closes it at once; what has been written and not sent is lost. Twisted's {@code abortConnection}. */
    public void abort() {
        reactor.run(() -> life.lose(LossReason.ABORTED_HERE, null));
    }

    // ---- about

    /**
     * Returns the peer's address.
     *
     * @return with an address, not a name
     */
    public InetSocketAddress remoteAddress() {
        return Addresses.of(socket.remoteAddress());
    }

    /**
     * Returns this side's address.
     *
     * @return with an address, not a name
     */
    public InetSocketAddress localAddress() {
        return Addresses.of(socket.localAddress());
    }

    /**
     * Returns what TLS has agreed on: version, cipher, the peer's certificates.
     *
     * @return empty without TLS
     */
    public Optional<SSLSession> tlsSession() {
        return Optional.ofNullable(socket.sslSession());
    }

    /**
     * Returns the reactor on whose loop it is served.
     *
     * @return always the same
     */
    public Reactor reactor() {
        return reactor;
    }

    /** Returns the two sides, and how it is. */
    @Override
    public String toString() {
        return "Connection[" + life.what() + life.state() + "]";
    }
}
