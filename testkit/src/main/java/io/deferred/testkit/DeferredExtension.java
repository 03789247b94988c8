// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the tests that leave something behind, with the line that made it: an unhandled failure, a Deferred that somebody waits for, an armed delayed call, a lock or a token that was not given back, a thread at work. For JUnit Jupiter:
 *
 * <pre>{@code
 * @ExtendWith(DeferredExtension.class)
 * class TransferTest {
 *     @Test
 *     void givesUpAfterASecond(VirtualClock clock) {
 *         Deferred<String> transfer = bank.transfer(clock);
 *         clock.advance(Duration.ofSeconds(1));
 *         failureResultOf(transfer, CancelledException.class);
 *     }
 * }
 * }</pre>
 *
 * <p>What was made by the test's thread, or by a callback, a body of {@code async} or a function of {@code deferToThread} that was given there, is the test's, also when tests run in parallel. What is made outside of tests (before all, by an initializer), and by threads of which nothing is known, is the
 * class's. It needs the full debug mode, and switches that on for the rest of the JVM.
 *
 * <p>Parameters of type {@link io.deferred.VirtualClock} get the test's clock, those of type {@link java.util.concurrent.Executor} an executor like {@link DeferredTesting#newExecutor}. Tests that return a Deferred: see {@link DeferredTest}.
 */
public final class DeferredExtension extends RunExtension implements BeforeAllCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(DeferredExtension.class);

    /** For Jupiter. */
    public DeferredExtension() {
        super(null);
    }

    /** Under {@link Schedules} each run has an extension of its own, which knows its seed. */
    @Override
    boolean isFor(ExtensionContext context) {
        return context.getTestMethod()
                .map(method -> !method.isAnnotationPresent(Schedules.class))
                .orElse(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ClassRun run = new ClassRun(context.getRequiredTestClass());
        context.getStore(NAMESPACE).put(ClassRun.class, run);
        run.begin();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ClassRun run = context.getStore(NAMESPACE).get(ClassRun.class, ClassRun.class);
        if (run != null) {
            run.end();
        }
    }
}
