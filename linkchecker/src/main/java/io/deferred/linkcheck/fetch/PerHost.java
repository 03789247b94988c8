// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;
import io.deferred.DeferredSemaphore;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lets so many tasks run at a time at each host; the others wait in that host's line. */
final class PerHost {
    /** What takes part in one line: two ports may be two servers. */
    private record Host(String scheme, @Nullable String name, int port) {
        static Host of(URI address) {
            return new Host(address.getScheme(), address.getHost(), address.getPort());
        }
    }

    private final int limit;

    /** Grows by one for each host that was ever asked, which is little beside what is kept of each address. */
    private final Map<Host, DeferredSemaphore> hosts = new ConcurrentHashMap<>();

    PerHost(int limit) {
        this.limit = limit;
    }

    <T extends @Nullable Object> Deferred<T> run(URI address, Callable<Deferred<T>> task) {
        return hosts.computeIfAbsent(Host.of(address), host -> new DeferredSemaphore(limit))
                .run(task);
    }
}
