// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the library logs during a test, from DEBUG on, by way of the JDK's own logging. */
final class LogRecords extends Handler implements BeforeEachCallback, AfterEachCallback {
    private final Logger logger = Logger.getLogger("io.deferred");
    private final List<LogRecord> seen = Collections.synchronizedList(new ArrayList<>());

    private volatile boolean broken;

    @Override
    public void beforeEach(ExtensionContext context) {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    @Override
    public void publish(LogRecord entry) {
        if (broken) {
            throw new IllegalStateException("no log");
        }
        seen.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** From here on nothing can be logged: every attempt throws. */
    void breakDown() {
        broken = true;
    }

    void limitTo(Level level) {
        logger.setLevel(level);
    }

    List<LogRecord> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }
}
