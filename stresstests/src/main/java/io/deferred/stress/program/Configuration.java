// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Says under what the results were seen. */
final class Configuration {
    private Configuration() {}

    static String describe(Path jdk, List<String> jvmOptions, Effort effort) throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(in);
        }
        String options = jvmOptions.isEmpty() ? "no options" : String.join(" ", jvmOptions);
        return "JDK " + release.getProperty("JAVA_VERSION", "unknown").replace("\"", "") + ", " + options + ", "
                + effort.name().toLowerCase(Locale.ROOT) + " run";
    }
}
