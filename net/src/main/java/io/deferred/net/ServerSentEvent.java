// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream that a browser's {@code EventSource} reads.
 *
 * @param data what it says; may have several lines
 * @param event its type; null is {@code message}
 * @param id what a client that comes back says it has seen last; null if there is none
 */
public record ServerSentEvent(
        String data, @Nullable String event, @Nullable String id) {
    /**
     * Makes one of all its parts.
     *
     * @param data as said of the record
     * @param event as said of the record
     * @param id as said of the record
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public ServerSentEvent {
        Objects.requireNonNull(data, "data");
        checkLine(event, "type");
        checkLine(id, "id");
    }

    private static void checkLine(@Nullable String text, String what) {
        if (text != null && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("the " + what + " of an event must be one line");
        }
    }

    /**
     * Makes one of its data alone.
     *
     * @param data what it says
     * @return a new event
     */
    public static ServerSentEvent of(String data) {
        return new ServerSentEvent(data, null, null);
    }

    byte[] encoded() {
        StringBuilder text = new StringBuilder(data.length() + 16);
        if (event != null) {
            text.append("event: ").append(event).append('\n');
        }
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
