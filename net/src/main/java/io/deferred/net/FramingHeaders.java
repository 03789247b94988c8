// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;

/**
 * Headers that say where a message ends, or are of one connection alone. This side says them itself, as it does the host: given ones, of a message that is passed on, say, could contradict what is sent, and then two sides do not agree where
 * the next message begins. HTTP/2 forbids them.
 */
final class FramingHeaders {
    private FramingHeaders() {}

    /** Adds all others. Of these, only that the connection is to be closed: then it returns true. */
    static boolean addOthers(HttpHeaders headers, MultiMap out, HttpVersion version) {
        List<Map.Entry<String, String>> entries = headers.uncopied();
        boolean closes = false;
        for (int i = 0; i < entries.size(); i++) {
            String name = entries.get(i).getKey();
            String value = entries.get(i).getValue();
            if (!contains(name)) {
                out.add(name, value);
            } else if (!closes && isClose(name, value) && version != HttpVersion.HTTP_2) {
                closes = true;
                out.set(name, value); // which the server may have said already
            }
        }
        return closes;
    }

    private static boolean isClose(String name, String value) {
        return name.equalsIgnoreCase("Connection") && value.equalsIgnoreCase("close");
    }

    /** By the length first: it runs for each header. */
    private static boolean contains(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 4 -> name.equalsIgnoreCase("Host");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }
}
