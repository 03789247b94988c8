// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of limits: lines of a name, a number of bytes, and a reason after a {@code #}; empty lines, and comments of a whole line. */
final class Limits {
    private static final Pattern LINE =
            Pattern.compile("(?<name>[a-z0-9-]+)\\s+(?<bytes>\\d{1,18})\\s+#\\s*(?<why>\\S.*)");

    private Limits() {}

    /**
     * Reads it.
     *
     * @return the limits by name, in the order of the file
     * @throws IllegalArgumentException if there is no such file, if a line cannot be understood, or a name is there twice
     */
    static Map<String, Long> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file of limits at " + file.toAbsolutePath()
                    + "; name it by -Dbench.limits, as ./bench does");
        }
        try {
            return parse(Files.readAllLines(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
        }
    }

    static Map<String, Long> parse(List<String> lines) {
        Map<String, Long> limits = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": \"" + line + "\" is to be: name  bytes  # why");
            }
            if (limits.put(matcher.group("name"), Long.valueOf(matcher.group("bytes"))) != null) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": " + matcher.group("name") + " is there twice");
            }
        }
        return limits;
    }
}
