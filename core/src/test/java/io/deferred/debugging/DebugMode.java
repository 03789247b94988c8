// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Outcome;
import io.deferred.UnhandledFailure;
import io.deferred.UnhandledFailures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Switches debugging on for a test, and collects the reports that it causes. The tests of stories are in a package of their own, like a user's: lines of the library's are left out of stories.
 */
final class DebugMode implements BeforeEachCallback, AfterEachCallback {
    private final List<UnhandledFailure> reports = Collections.synchronizedList(new ArrayList<>());
    private int before;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Debugging.sampling();
        UnhandledFailures.setHandler(ignored -> {});
        UnhandledFailures.reportNow();
        UnhandledFailures.setHandler(reports::add);
        Debugging.full();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<UnhandledFailure> reported = reports();
        UnhandledFailures.resetHandler();
        UnhandledFailures.resetGracePeriod();
        Debugging.off();
        if (before > 0) {
            Debugging.sample(before);
        }
        assertThat(reported)
                .as("assertions that have failed in a callback")
                .noneMatch(report -> report.failure().exception() instanceof AssertionError);
    }

    List<UnhandledFailure> reports() {
        UnhandledFailures.reportNow();
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }

    /** Waits until it has failed, and that is reported: which the thread that fires it does a moment later. */
    void waitForTheReport(Deferred<?> failing) {
        while (failing.outcome().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(failing.outcome().get()).isInstanceOf(Outcome.Failed.class);
        while (reports().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** The line from which this is called, so many lines further, as stories name it: its file and number. */
    static String line(int further) {
        StackTraceElement caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().toStackTraceElement());
        return "(" + caller.getFileName() + ":" + (caller.getLineNumber() + further) + ")";
    }
}
