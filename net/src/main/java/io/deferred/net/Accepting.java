// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ports that listen, and who wants to see their connections when they are accepted. Confined to the loop, but for the ports. */
final class Accepting {
    private final Map<Channel, Consumer<Channel>> watchers = new HashMap<>();

    private final List<ServerChannel> ports = new CopyOnWriteArrayList<>();
    private final Set<ServerChannel> claimed = new HashSet<>();

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
                // The loop looks in between. Done it is also when the loop ends before that.
                port.eventLoop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).addListener(done -> then.run());
            }
        });
    }

    /** The port that has just come to listen for its caller; there may be one of the same number on another address. Null if it does not listen any more. */
    @Nullable
    ServerChannel claim(String host, int number) {
        ServerChannel found = null;
        for (ServerChannel port : ports) {
            if (port.localAddress() instanceof InetSocketAddress local
                    && local.getPort() == number
                    && !claimed.contains(port)
                    && (found == null || local.getHostString().equals(host))) {
                found = port;
            }
        }
        if (found != null) {
            claimed.add(found);
        }
        return found;
    }

    /** Runs what follows, on any thread, when a port does not listen any more. */
    void whenClosed(@Nullable ServerChannel port, Runnable then) {
        if (port == null || !ports.contains(port)) {
            then.run();
        } else {
            whenGone(port, then);
        }
    }

    void watch(@Nullable ServerChannel port, Consumer<Channel> watcher) {
        if (port != null) {
            watchers.put(port, watcher);
        }
    }

    void forget(@Nullable ServerChannel port) {
        if (port != null) {
            watchers.remove(port);
            claimed.remove(port);
        }
    }

    void accepted(Channel channel) {
        Consumer<Channel> watcher = watchers.get(channel.parent());
        if (watcher != null) {
            watcher.accept(channel);
        }
    }
}
