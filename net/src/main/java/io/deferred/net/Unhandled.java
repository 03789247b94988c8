// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;

/** Exceptions of user code that no Deferred of the user's would carry. */
final class Unhandled {
    private Unhandled() {}

    /** A Deferred that fails and has no errback is reported, wherever reports go. */
    static void report(Throwable thrown, String where) {
        Deferred.fail(thrown).named(where);
    }

    /** Closes it; what that throws is to take the place of no other failure. */
    static void close(Source<?> source) {
        try {
            source.close();
        } catch (Throwable t) {
            report(t, "close of the source " + source);
        }
    }
}
