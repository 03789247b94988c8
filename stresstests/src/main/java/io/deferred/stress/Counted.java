// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.UnhandledFailures;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicInteger;

/** A failure that counts how often it is reported as unhandled, by whichever thread looks. */
final class Counted extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    static {
        UnhandledFailures.setHandler(report -> {
            if (report.failure().exception() instanceof Counted counted) {
                counted.reports.incrementAndGet();
            }
        });
    }

    private final AtomicInteger reports = new AtomicInteger();

    /** Without a stack trace, which nobody looks at. */
    Counted() {
        super("counted", null, false, false);
    }

    int reports() {
        return reports.get();
    }
}
