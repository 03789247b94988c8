// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.io.PrintStream;

/** Prints a report. */
@FunctionalInterface
public interface Reporter {
    /**
     * Prints it whole.
     *
     * @param report what was found
     * @param out is flushed, not closed
     */
    void print(Report report, PrintStream out);
}
