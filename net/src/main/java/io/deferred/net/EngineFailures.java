// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The engine's exceptions as those of the JDK, or ours. What the engine has thrown is the cause. */
final class EngineFailures {
    private EngineFailures() {}

    static Throwable translated(Throwable thrown, String what) {
        if (thrown instanceof StreamResetException reset) {
            return new ConnectionLostException(
                    what, LossReason.RESET_BY_PEER, new IOException("code " + reset.getCode(), reset));
        }
        if (thrown instanceof HttpClosedException) {
            return new ConnectionLostException(what, LossReason.CLOSED_BY_PEER, thrown);
        }
        if (thrown instanceof RejectedExecutionException) {
            return new ConnectionLostException(what, LossReason.REACTOR_STOPPED, thrown);
        }
        if (!isTheEngines(thrown)) {
            return thrown;
        }
        String message = what + ": " + thrown.getMessage();
        if (thrown instanceof ConnectTimeoutException || thrown instanceof TimeoutException || isMuteServer(thrown)) {
            return caused(new SocketTimeoutException(message), thrown);
        }
        if (thrown instanceof ConnectException) {
            return caused(new ConnectException(message), thrown);
        }
        if (thrown instanceof SSLException) {
            return caused(new SSLException(message), thrown);
        }
        if (thrown instanceof NoRouteToHostException) {
            return caused(new NoRouteToHostException(message), thrown);
        }
        if (thrown instanceof BindException) {
            return caused(new BindException(message), thrown);
        }
        if (thrown instanceof UnknownHostException) {
            return caused(new UnknownHostException(message), thrown);
        }
        return new IOException(message, thrown);
    }

    private static boolean isMuteServer(Throwable thrown) {
        return thrown instanceof Http2Exception http2 && http2.error() == Http2Error.SETTINGS_TIMEOUT;
    }

    private static boolean isTheEngines(Throwable thrown) {
        String name = thrown.getClass().getName();
        return name.startsWith("io.vertx.") || name.startsWith("io.netty.");
    }

    private static Throwable caused(Throwable translation, Throwable thrown) {
        return translation.initCause(thrown);
    }
}
