// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/**
 * A protocol that goes on when its peer has said that it will send no more: it may still have an answer for it. Any other connection is lost then. Twisted's {@code IHalfCloseableProtocol}. The other half is {@link
 * Connection#closeWriting()}.
 *
 * <p>Without TLS only: there the peer's end is that of both directions, and {@link #readConnectionLost} is not called.
 */
public interface HalfCloseableProtocol extends Protocol {
    /**
     * The peer sends no more; all that it had sent has been received. The connection stays until this side closes it, or {@link Connection#closeWriting() has ended its own half} too. Called at most once, on the loop;
     * not while reading is paused.
     *
     * @param connection which
     * @throws Exception loses the connection
     */
    void readConnectionLost(Connection connection) throws Exception;
}
