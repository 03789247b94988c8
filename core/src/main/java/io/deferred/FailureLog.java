// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Where reports go by default: the {@link System.Logger} named {@code io.deferred}, and where that is gone, {@link System#err}. Nothing here throws, but for {@link #log}, which is a handler. */
final class FailureLog {
    /** So many in a period, or the log is of no use any more. */
    static final int MOST_IN_A_PERIOD = 100;

    static final Duration PERIOD = Duration.ofSeconds(10);

    private static final LogLimit REPORTS =
            new LogLimit("unhandled failures", MOST_IN_A_PERIOD, PERIOD, FailureLog::warn);

    /** Of those that were handled after all. */
    private static final LogLimit NOTICES =
            new LogLimit("failures that were handled after all", MOST_IN_A_PERIOD, PERIOD, FailureLog::warn);

    private FailureLog() {}

    private static System.Logger logger() {
        return System.getLogger("io.deferred");
    }

    /** Ends the present period of the limits. */
    static void endPeriod() {
        REPORTS.endAndTell();
        NOTICES.endAndTell();
    }

    /** The default handler of unhandled failures. */
    static void log(UnhandledFailure report, @Nullable Scheduler scheduler) {
        Throwable exception = report.failure().exception();
        log(System.Logger.Level.ERROR, report.text(), exception, exception, REPORTS, scheduler);
    }

    /** The default handler of failures that were handled after their report. */
    static void logHandled(UnhandledFailure report, @Nullable Scheduler scheduler) {
        Throwable exception = report.failure().exception();
        String text = "Handled after all: the unhandled failure in " + report.where() + ", " + Shown.brief(exception);
        log(System.Logger.Level.WARNING, text, null, exception, NOTICES, scheduler);
    }

    /** A cancellation at DEBUG, whatever the level is for others, and without limit: who wants that level wants all. */
    private static void log(
            System.Logger.Level level,
            String text,
            @Nullable Throwable shown,
            Throwable exception,
            LogLimit limit,
            @Nullable Scheduler scheduler) {
        System.Logger logger = logger();
        if (exception instanceof CancellationException) {
            logger.log(System.Logger.Level.DEBUG, text, shown);
        } else if (logger.isLoggable(level) && limit.permits(scheduler)) {
            logger.log(level, text, shown);
        }
    }

    /** A failure that came after its Deferred had been cancelled. */
    static void late(Failure failure, String where) {
        try {
            logger().log(
                            System.Logger.Level.DEBUG,
                            "Late failure of " + where + ", which was cancelled",
                            failure.exception());
        } catch (Throwable t) {
            printOf(t);
        }
    }

    static void warn(String text) {
        try {
            logger().log(System.Logger.Level.WARNING, text);
        } catch (Throwable t) {
            printLine(text);
            printOf(t);
        }
    }

    /** For where logging has failed, or is gone. */
    static void print(UnhandledFailure report) {
        try {
            printLine(report.text() + System.lineSeparator() + report.failure().stackTraces());
        } catch (Throwable t) {
            printLine("Unhandled failure in " + report.where() + " (" + report.reason() + "), which cannot be printed: "
                    + report.failure().exception().getClass().getName());
        }
    }

    /** How many the limits have held back since that was last said. */
    static void printLeftOut() {
        REPORTS.takeLeftOut().ifPresent(FailureLog::printLine);
        NOTICES.takeLeftOut().ifPresent(FailureLog::printLine);
    }

    static void printOf(Throwable t) {
        printLine("Reporting a failure failed: " + Shown.brief(t));
    }

    @SuppressWarnings("SystemOut") // the logging system is what has failed, or is gone
    private static void printLine(String line) {
        try {
            System.err.println(line);
        } catch (Throwable t) {
            // there is nobody left to tell
        }
    }
}
