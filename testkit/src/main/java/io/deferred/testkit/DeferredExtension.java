// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

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
 * <p>Where Jupiter looks for extensions by itself ({@code junit.jupiter.extensions.autodetection.enabled=true} in {@code junit-platform.properties}) it counts for all classes, and none needs the annotation.
 *
 * <p>Parameters of type {@link io.deferred.VirtualClock} get the test's clock, those of type {@link java.util.concurrent.Executor} an executor like {@link DeferredTesting#newExecutor}. Tests that return a Deferred: see {@link DeferredTest}.
 */
public final class DeferredExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                InvocationInterceptor,
                ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DeferredExtension.class);

    /** For Jupiter. */
    public DeferredExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        begin(context);
    }

    /** Begins the run of a class, if that has not been done. Its key is its own: a nested class would find that of the outer one. */
    private static void begin(ExtensionContext context) throws Exception {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        if (store.get(context.getUniqueId()) == null) {
            store.put(context.getUniqueId(), ClassRun.begin(context.getRequiredTestClass()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ClassRun run = context.getStore(NAMESPACE).remove(context.getUniqueId(), ClassRun.class);
        if (run != null) {
            run.end();
        }
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws Exception {
        if (context.getTestMethod().isPresent()) {
            runOf(context);
        } else {
            begin(context); // one instance for all tests is made before all
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        runOf(context);
    }

    /** Begins it, if that has not been done. */
    private TestRun runOf(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestRun.class,
                        key -> {
                            TestRun run = new TestRun(
                                    nameOf(context),
                                    Settings.of(Enclosing.of(
                                            context.getRequiredTestMethod(), context.getRequiredTestClass())),
                                    null);
                            run.begin();
                            return run;
                        },
                        TestRun.class);
    }

    /** The name of a run of a template says only which one it is. */
    private static String nameOf(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String name = context.getDisplayName();
        return (name.startsWith(method) ? name : method + ": " + name) + " of "
                + context.getRequiredTestClass().getName();
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runOf(context).on(invocation); // another extension may have changed the thread
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        interceptTestMethod(invocation, method, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        runOf(context).on(invocation); // of a factory, whose tests may be run in parallel
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        interceptTestMethod(invocation, method, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        interceptTestMethod(invocation, method, context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Throwable before = context.getExecutionException().orElse(null);
        Throwable after = runOf(context).end(before);
        if (after != before && after instanceof Error error) {
            throw error;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && Parameters.canGive(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.give(parameter.getParameter().getType(), runOf(context));
    }
}
