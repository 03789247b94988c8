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

    /** Then whoever gets it next has to find out. */
    static void couldNotThrowAway(Throwable thrown) {
        LOG.log(Level.WARNING, "A connection that must not be used again could not be thrown away", thrown);
    }

    /** It is thrown away for it. */
    static void isBroken(Throwable thrown) {
        LOG.log(Level.DEBUG, "A connection of no more use has shown that once more", thrown);
    }

    static void couldNotCancel(Operation<?> operation, Throwable thrown) {
        LOG.log(Level.DEBUG, "The driver could not cancel " + operation + "; it will be tried again", thrown);
    }
}
