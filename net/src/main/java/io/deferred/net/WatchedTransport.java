// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;

/**
 * The engine's transport of the JDK, which also shows each port that listens, and each connection when it is accepted. The engine itself tells of a client of HTTP only when that has sent the whole head of its first request, and one that never does would never be seen. To each connection that is begun here it gives a {@link PrefaceLimit}.
 */
final class WatchedTransport implements io.vertx.core.transport.Transport, Transport {
    private final Transport transport = io.vertx.core.transport.Transport.NIO.implementation();
    private final Accepting accepting;

    WatchedTransport(Accepting accepting) {
        this.accepting = accepting;
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        transport.configure(config, domainSocket, bootstrap);
        ChannelHandler own = bootstrap.config().childHandler();
        if (own != null) {
            bootstrap.childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    accepting.accepted(channel);
                    channel.pipeline().addLast(own);
                }
            });
        }
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        transport.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        transport.configure(channel, options);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return transport.ioHandlerFactory();
    }

    @Override
    @SuppressWarnings("deprecation") // the engine's interface has it
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return transport.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return transport.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        ChannelFactory<? extends Channel> channels = transport.channelFactory(domainSocket);
        return (ChannelFactory<Channel>) () -> {
            Channel channel = channels.newChannel();
            channel.pipeline().addFirst(new PrefaceLimit());
            return channel;
        };
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        ChannelFactory<? extends ServerChannel> channels = transport.serverChannelFactory(domainSocket);
        return (ChannelFactory<ServerChannel>) () -> {
            ServerChannel channel = channels.newChannel();
            accepting.listens(channel);
            return channel;
        };
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return transport.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return transport.convert(address);
    }

    @Override
    public boolean supportsDomainSockets() {
        return transport.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return transport.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return transport.isAvailable();
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // the engine says by null that there is no cause
    public Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public Transport implementation() {
        return this;
    }
}
