// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/** Why a connection is no more. */
public enum LossReason {
    /** The peer has closed it. Twisted's {@code ConnectionDone}, when it was the peer. */
    CLOSED_BY_PEER("the peer has closed it"),
    /** {@link Connection#close()} was called. Twisted's {@code ConnectionDone}, when it was this side. */
    CLOSED_HERE("it was closed here"),
    /** {@link Connection#abort()} was called. Twisted's {@code ConnectionAborted}. */
    ABORTED_HERE("it was aborted here"),
    /** The network, or the peer, has broken it off; the cause says more. Twisted's {@code ConnectionLost}. */
    BROKEN("it broke"),
    /** Of an exchange of HTTP: the peer has given it up, and left the connection as it is. */
    RESET_BY_PEER("the peer has given up the exchange"),
    /** Nothing has come or gone for too long. */
    IDLE("nothing came or went for too long"),
    /** The peer takes what is written too slowly: too much waits to be sent. */
    PEER_TOO_SLOW("the peer takes what is sent too slowly"),
    /** A method of the protocol has thrown the cause. */
    PROTOCOL_FAILED("its protocol threw an exception"),
    /** A line or a frame was longer than its limit. */
    FRAME_TOO_LONG("the peer sent a line or a frame that is too long"),
    /** The {@link Reactor} was stopped. */
    REACTOR_STOPPED("the reactor was stopped");

    private final String words;

    LossReason(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
