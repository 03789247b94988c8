// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test prints to {@link System#err}. */
final class ErrorStream implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private PrintStream before = System.err;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = System.err;
        System.setErr(new PrintStream(bytes, true, UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setErr(before);
    }

    /** From here on nothing can be printed: every attempt throws. */
    void breakDown() {
        System.setErr(new PrintStream(bytes, true, UTF_8) {
            @Override
            public void println(String line) {
                throw new IllegalStateException("no stream");
            }
        });
    }

    String text() {
        return bytes.toString(UTF_8);
    }
}
