// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.serve;

import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the type of a file by its name. The charset is left to the file. */
final class ContentTypes {
    /** What the JDK's own table does not have, or not in each version. */
    private static final Map<String, String> MORE = Map.of(
            "xhtml", "application/xhtml+xml",
            "css", "text/css",
            "js", "text/javascript",
            "mjs", "text/javascript",
            "json", "application/json",
            "svg", "image/svg+xml",
            "webp", "image/webp",
            "woff", "font/woff",
            "woff2", "font/woff2",
            "wasm", "application/wasm");

    private ContentTypes() {}

    static String of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String known = MORE.get(name.substring(name.lastIndexOf('.') + 1));
        if (known != null) {
            return known;
        }
        @Nullable String guessed = URLConnection.guessContentTypeFromName(name);
        return Objects.requireNonNullElse(guessed, "application/octet-stream");
    }
}
