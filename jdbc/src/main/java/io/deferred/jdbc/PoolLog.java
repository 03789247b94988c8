// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Failure;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What there is nobody else to tell. */
final class PoolLog {
    private static final System.Logger LOG = System.getLogger("io.deferred.jdbc");

    private PoolLog() {}

    /** How an operation ended in fact that was cancelled before. */
    static void late(Operation<?> operation, boolean committing, @Nullable Failure failure) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(
                    Level.DEBUG,
                    (committing ? "The commit, reported as unknown, of " : "After its cancel, ")
                            + operation
                            + (failure == null ? " has succeeded" : " has ended so: " + failure.trace()));
        }
    }

    static void couldNotGiveBack(Throwable thrown) {
        LOG.log(Level.WARNING, "A connection could not be given back", thrown);
    }

    /** Most often because it is broken, which is why it is thrown away. */
    static void couldNotThrowAway(Throwable thrown) {
        LOG.log(Level.DEBUG, "A connection could not be thrown away in order", thrown);
    }

    static void couldNotCancel(Operation<?> operation, Throwable thrown) {
        LOG.log(Level.DEBUG, "The driver could not cancel " + operation + "; it will be tried again", thrown);
    }
}
