// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the failures that a class of races leaves behind, by the thousand, out of the log. */
final class QuietFailures implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        UnhandledFailures.setHandler(report -> {});
    }

    @Override
    public void afterAll(ExtensionContext context) {
        UnhandledFailures.reportNow();
        UnhandledFailures.resetHandler();
    }
}
