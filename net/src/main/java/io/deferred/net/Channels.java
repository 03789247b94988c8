// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/** What is done to the engine's channels past the engine. */
final class Channels {
    private Channels() {}

    /** Closes it at once: past TLS, which would say goodbye first, and past what waits to be sent. The peer is told, by a reset, and nothing lingers. */
    static void cutOff(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            // It is closed already, which the engine tells a little later.
        }
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        } else {
            channel.close();
        }
    }
}
