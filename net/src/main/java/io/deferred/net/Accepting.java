// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The ports that listen, and who wants to see their connections when they are accepted. Confined to the loop, but for the ports. */
final class Accepting {
    private final Map<Integer, Consumer<Channel>> watchers = new HashMap<>();

    private final List<ServerChannel> ports = new CopyOnWriteArrayList<>();

    void listens(ServerChannel port) {
        ports.add(port);
        whenGone(port, () -> ports.remove(port));
    }

    /** The JDK lets go of a port that was closed when the loop looks at its channels next: until then somebody may still connect. */
    private static void whenGone(ServerChannel port, Runnable then) {
        port.closeFuture().addListener(closed -> {
            if (port.eventLoop().isShuttingDown()) {
                then.run();
            } else {
                port.eventLoop().schedule(then, 1, TimeUnit.MILLISECONDS); // the loop looks in between
            }
        });
    }

    /** Runs what follows, on any thread, when nothing of ours listens on a port any more. */
    void whenClosed(int number, Runnable then) {
        for (ServerChannel port : ports) {
            if (port.localAddress() instanceof InetSocketAddress local && local.getPort() == number) {
                whenGone(port, then);
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
