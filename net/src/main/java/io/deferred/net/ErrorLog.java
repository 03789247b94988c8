// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What is told of errors to those who run a server, and not to its clients. */
final class ErrorLog {
    private static final System.Logger LOG = System.getLogger("io.deferred.net");

    private ErrorLog() {}

    /** Returns the id under which it is found in the log. */
    static String error(String what, Throwable error) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.log(Level.ERROR, what + " failed, id " + id, error);
        return id;
    }

    static void debug(String what, Throwable error) {
        LOG.log(Level.DEBUG, what, error);
    }
}
