// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The engine's addresses as those of the JDK. */
final class Addresses {
    private Addresses() {}

    /** Never asks the DNS: what the engine has of a connection is an address. */
    static InetSocketAddress of(SocketAddress address) {
        String literal = address.hostAddress();
        if (literal == null) {
            return InetSocketAddress.createUnresolved(address.host(), address.port());
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), address.port());
        } catch (UnknownHostException e) {
            return InetSocketAddress.createUnresolved(literal, address.port());
        }
    }

    static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
