// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.DelayedCall;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer may still be sending: what it sends after the close would have it told of a reset, and it might lose the answer that it has not read yet. So our direction ends first, and
 * what comes is thrown away until the peer has closed, or some time is over (RFC 9112, section 9.6).
 */
final class LingeringClose extends ChannelDuplexHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Reactor reactor;
    private boolean lingers;

    private LingeringClose(Reactor reactor) {
        this.reactor = reactor;
    }

    /** From now on a close of this channel is one of this kind. First in the pipeline, it is past TLS, which has said goodbye by then. */
    static void of(Channel channel, Reactor reactor) {
        if (channel.pipeline().get(LingeringClose.class) == null) {
            channel.pipeline().addFirst(new LingeringClose(reactor));
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        DuplexChannel channel = (DuplexChannel) context.channel();
        if (!lingers) {
            lingers = true;
            channel.shutdownOutput();
            channel.config().setAutoRead(true);
            DelayedCall end = reactor.callLater(PATIENCE, () -> Channels.cutOff(channel));
            channel.closeFuture().addListener(ignored -> end.tryCancel());
        }
        channel.closeFuture().addListener(ignored -> promise.trySuccess());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, @Nullable Object message) {
        if (lingers) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
