// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a Content-Type says. */
final class MediaTypes {
    private MediaTypes() {}

    /** Of a text: UTF-8 where nothing is said, or something that the JDK does not know. */
    static Charset charset(HttpHeaders headers) {
        String type = headers.first("Content-Type").orElse("");
        for (String parameter : type.split(";", -1)) {
            String trimmed = parameter.trim();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("charset=")) {
                return named(trimmed.substring("charset=".length()).replace("\"", ""));
            }
        }
        return StandardCharsets.UTF_8;
    }

    private static Charset named(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
