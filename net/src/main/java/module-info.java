// SPDX-License-Identifier: Apache-2.0

/**
 * An event loop, TCP, TLS and HTTP whose results are Deferreds.
 *
 * <p>All of the API is in one package, {@link io.deferred.net}. The engine under it is Vert.x core; no type of the API shows it, so that it can be replaced.
 */
module io.deferred.net {
    requires transitive io.deferred;
    requires static transitive org.jspecify;
    requires io.vertx.core;
    requires io.netty.transport;
    requires io.netty.common;
    requires io.netty.codec.http2;

    // API
    exports io.deferred.net;
}
