// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The ports that listen, and who wants to see their connections when they are accepted. Confined to the loop, but for the ports. */
final class Accepting {
    private final Map<Integer, Consumer<Channel>> watchers = new HashMap<>();

    private final List<ServerChannel> ports = new CopyOnWriteArrayList<>();

    void listens(ServerChannel port) {
        ports.add(port);
        port.closeFuture().addListener(closed -> ports.remove(port));
    }

    /** Runs what follows, on any thread, when nothing of ours listens on a port any more. */
    void whenClosed(int number, Runnable then) {
        for (ServerChannel port : ports) {
            if (port.localAddress() instanceof InetSocketAddress local && local.getPort() == number) {
                port.closeFuture().addListener(closed -> then.run());
                return;
            }
        }
        then.run();
    }

    void watch(int port, Consumer<Channel> watcher) {
        watchers.put(port, watcher);
    }

    void forget(int port) {
        watchers.remove(port);
    }

    void accepted(Channel channel) {
        if (channel.localAddress() instanceof InetSocketAddress local) {
            Consumer<Channel> watcher = watchers.get(local.getPort());
            if (watcher != null) {
                watcher.accept(channel);
            }
        }
    }
}
