// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.Dump;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Prints what the program is waiting for when somebody types d and Enter. (Ctrl-\\, with which the JVM prints its threads, it
 * keeps for itself.)
 */
final class DumpKey {
    private static final String KEY = "d";

    private DumpKey() {}

    /** Begins to listen, on a daemon thread, to the end of the input. */
    static void listen(InputStream in, PrintStream err) {
        Thread listener = new Thread(() -> read(in, err), "linkcheck-keys");
        listener.setDaemon(true);
        listener.start();
    }

    private static void read(InputStream in, PrintStream err) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.strip().equals(KEY)) {
                    err.println(Dump.text());
                }
            }
        } catch (IOException e) {
            // Nobody can type any more.
        }
    }
}
