// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.Deferred;
import io.deferred.LoopingCall;
import io.deferred.Scheduler;
import io.deferred.linkcheck.crawl.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints a line each second. Plain lines read well in logs too. */
final class ProgressLines {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<Progress> progress;
    private final PrintStream err;

    ProgressLines(Supplier<Progress> progress, PrintStream err) {
        this.progress = progress;
        this.err = err;
    }

    /** Prints from now on, until the work has ended, whichever way. What follows on the work finds it stopped. */
    void printUntilEndOf(Deferred<?> work, Scheduler scheduler) {
        LoopingCall lines = new LoopingCall(scheduler, this::print);
        lines.start(EVERY, LoopingCall.First.AFTER_INTERVAL);
        work.tapBoth(outcome -> lines.stop());
    }

    private void print() {
        Progress now = progress.get();
        err.println(String.format(
                Locale.ROOT,
                "%,d of %,d known addresses checked, %,d pages read",
                now.answered(),
                now.known(),
                now.pages()));
    }
}
