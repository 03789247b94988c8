// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Collects the reports of unhandled failures that a test causes. Earlier tests' leftovers are dropped first. */
final class Reports implements BeforeEachCallback, AfterEachCallback {
    private final List<UnhandledFailure> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void beforeEach(ExtensionContext context) {
        UnhandledFailures.setHandler(ignored -> {});
        UnhandledFailures.reportNow();
        seen.clear();
        UnhandledFailures.setHandler(seen::add);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        UnhandledFailures.reportNow();
        UnhandledFailures.resetHandler();
        UnhandledFailures.resetGracePeriod();
        assertThat(seen())
                .as("assertions that have failed in a callback")
                .noneMatch(report -> report.failure().exception() instanceof AssertionError);
    }

    /** All there are by now. */
    List<UnhandledFailure> now() {
        UnhandledFailures.reportNow();
        return seen();
    }

    /** Those that were made by themselves. */
    List<UnhandledFailure> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    void assertNothingUnhandledBut(Deferred<?> whole) {
        whole.handle(f -> {});
        assertThat(now()).isEmpty();
    }
}
