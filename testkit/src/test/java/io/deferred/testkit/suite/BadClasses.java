// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredExtension;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What no test can be charged with. */
final class BadClasses {
    private BadClasses() {}

    @ExtendWith(DeferredExtension.class)
    static class BeforeAllTests {
        private static final AtomicReference<Deferred<String>> KEPT = new AtomicReference<>();

        @BeforeAll
        static void makeOne() {
            KEPT.set(new Deferred<String>().named("of the class").addCallback(v -> v));
        }

        @Test
        void passes() {}
    }

    @ExtendWith(DeferredExtension.class)
    static class UnknownThread {
        @Test
        void passes() throws InterruptedException {
            Thread thread = new Thread(() -> Deferred.fail(new IOException("of a thread that nobody knows")));
            thread.start();
            thread.join();
        }
    }
}
