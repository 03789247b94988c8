// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Who wants to see the connections to a port when they are accepted. Confined to the loop. */
final class Accepting {
    private final Map<Integer, Consumer<Channel>> watchers = new HashMap<>();

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
