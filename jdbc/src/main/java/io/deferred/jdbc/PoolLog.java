// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Failure;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What there is nobody else to tell. Nothing here throws: a connection that is to be given back does not depend on a log. */
final class PoolLog {
    private static final System.Logger LOG = System.getLogger("io.deferred.jdbc");

    private PoolLog() {}

    /** How an operation ended in fact that was cancelled before. */
    static void late(Operation<?> operation, boolean committing, @Nullable Failure failure) {
        if (LOG.isLoggable(Level.DEBUG)) {
            log(
                    Level.DEBUG,
                    (committing ? "The commit, reported as unknown, of " : "After its cancel, ")
                            + operation
                            + (failure == null ? " has succeeded" : " has ended so: " + failure.trace()),
                    null);
        }
    }

    static void couldNotGiveBack(Throwable thrown) {
        log(Level.WARNING, "A connection could not be given back", thrown);
    }

    /** Then whoever gets it next has to find out. */
    static void couldNotThrowAway(Throwable thrown) {
        log(Level.WARNING, "A connection that must not be used again could not be thrown away", thrown);
    }

    /** It is thrown away for it. */
    static void isBroken(Throwable thrown) {
        log(Level.DEBUG, "A connection of no more use has shown that once more", thrown);
    }

    static void couldNotCancel(Operation<?> operation, Throwable thrown) {
        log(Level.DEBUG, "The driver could not cancel " + operation + "; it will be tried again", thrown);
    }

    static void couldNotArm(Throwable thrown) {
        log(
                Level.WARNING,
                "The scheduler of a pool takes no calls any more, although the pool still needs it; the system's is used in its place. Close the pool first",
                thrown);
    }

    @SuppressWarnings("SystemOut") // the logging system is what has failed
    private static void log(Level level, String text, @Nullable Throwable thrown) {
        try {
            LOG.log(level, text, thrown);
        } catch (Throwable t) {
            System.err.println(text + ": " + thrown + " (and logging it failed: " + t + ")");
        }
    }
}
