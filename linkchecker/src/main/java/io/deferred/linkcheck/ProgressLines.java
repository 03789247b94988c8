// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.linkcheck.crawl.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** Prints a line now and then. Plain lines read well in logs too. */
final class ProgressLines implements Progress {
    private static final int EVERY = 100;

    private final PrintStream err;

    ProgressLines(PrintStream err) {
        this.err = err;
    }

    @Override
    public void answered(int answered, int known, int pages) {
        if (answered % EVERY == 0) {
            err.println(String.format(
                    Locale.ROOT, "%,d of %,d known addresses checked, %,d pages read", answered, known, pages));
        }
    }
}
