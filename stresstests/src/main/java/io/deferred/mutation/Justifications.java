// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mutants that may live, by name. The file has groups: lines that begin with {@code #} say why, and the lines that
 * follow, up to the next empty one, name the mutants of which this is true.
 */
record Justifications(Set<String> names) {
    static Justifications read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /** @throws IllegalArgumentException if a name is there twice, or no reason stands above it */
    static Justifications parse(List<String> lines) {
        Set<String> names = new LinkedHashSet<>();
        boolean reason = false;
        int number = 0;
        for (String raw : lines) {
            number++;
            String line = raw.strip();
            if (line.isEmpty()) {
                reason = false;
            } else if (line.startsWith("#")) {
                reason = true;
            } else if (!reason) {
                throw new IllegalArgumentException(
                        "line " + number + " names a mutant, but no reason stands above it: " + line);
            } else if (!names.add(line)) {
                throw new IllegalArgumentException("line " + number + " names a mutant that was named before: " + line);
            }
        }
        return new Justifications(names);
    }
}
