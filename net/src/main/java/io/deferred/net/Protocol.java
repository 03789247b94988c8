// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/**
 * What is done with a connection. Twisted's {@code Protocol}; the connection, its {@code transport}, is a parameter, so that a protocol without a state of its own may serve many.
 *
 * <pre>{@code
 * Protocol echo = (connection, data) -> connection.write(data);
 * }</pre>
 *
 * <p><b>Callbacks</b>: all methods are called on the loop of the connection's reactor, one at a time, in this order: {@link #connectionMade} once, {@link #dataReceived} as often as something comes, {@link
 * #connectionLost} once. They must not block it.
 *
 * <p><b>Failure</b>: what a method throws is the reason of the connection's loss, {@link LossReason#PROTOCOL_FAILED}, and is reported to the handler of {@link io.deferred.UnhandledFailures}; what {@link #connectionMade} of a
 * connecting side throws fails the Deferred of {@link Reactor#connect} instead.
 */
@FunctionalInterface
public interface Protocol {
    /**
     * The connection is there, with TLS if that is spoken.
     *
     * @param connection to write to
     * @throws Exception loses the connection
     */
    default void connectionMade(Connection connection) throws Exception {}

    /**
     * Something has come. How it was cut is the network's doing: see {@link LineReceiver} and {@link FrameReceiver}. Not called while reading is paused, nor after {@link Connection#close()} or {@link Connection#abort()}.
     *
     * @param connection where it came from
     * @param data at least one byte; the array belongs to this method
     * @throws Exception loses the connection
     */
    void dataReceived(Connection connection, byte[] data) throws Exception;

    /**
     * Reading goes on after a pause: what this protocol itself still holds may be used now. What has come meanwhile follows.
     *
     * @param connection which
     * @throws Exception loses the connection
     */
    default void readingResumed(Connection connection) throws Exception {}

    /**
     * The reactor, or the port, is being drained: come to an end soon. Closes the connection, unless it is overridden.
     *
     * @param connection which
     * @throws Exception loses the connection
     */
    default void draining(Connection connection) throws Exception {
        connection.close();
    }

    /**
     * The connection is no more. All that waited for it has failed with the same reason, or is about to.
     *
     * @param connection which
     * @param reason why
     * @throws Exception is reported
     */
    default void connectionLost(Connection connection, ConnectionLostException reason) throws Exception {}
}
