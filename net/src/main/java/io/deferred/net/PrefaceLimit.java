// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Limits how long a server of HTTP/2 may take to say its first word. The engine waits for that without a limit, and until then it tells nobody that there is a connection, nor that there is none; others to the same host wait for it.
 */
final class PrefaceLimit extends ChannelHandlerAdapter {
    private long begun;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        begun = System.nanoTime();
    }

    /** The engine takes out all but TLS when it is about to speak HTTP. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (channel.isActive()) {
            channel.eventLoop().execute(() -> limit(channel));
        }
    }

    private void limit(Channel channel) {
        Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (http2 != null && channel.isActive()) {
            int millis = channel.config().getConnectTimeoutMillis();
            long left = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - begun);
            Future<?> end = channel.eventLoop().schedule(() -> end(channel, http2), left, TimeUnit.NANOSECONDS);
            channel.closeFuture().addListener(closed -> end.cancel(false));
        }
    }

    private static void end(Channel channel, Http2ConnectionHandler http2) {
        if (!http2.decoder().prefaceReceived()) {
            channel.pipeline()
                    .fireExceptionCaught(Http2Exception.connectionError(
                            Http2Error.SETTINGS_TIMEOUT, "the server did not begin to speak HTTP/2 in time"));
            Channels.cutOff(channel);
        }
    }
}
