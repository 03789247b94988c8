// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Has Jupiter run each test as a {@link TestRun}: begun before its instance is made, and ended when all else has been run. */
class RunExtension
        implements TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                InvocationInterceptor,
                ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RunExtension.class);

    private final @Nullable Long seed;

    /**
     * Makes one.
     *
     * @param seed of the order of what is due at one time; null for the order of its arming
     */
    RunExtension(@Nullable Long seed) {
        this.seed = seed;
    }

    /** Whether this one is to run the test. */
    boolean isFor(ExtensionContext context) {
        return true;
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (context.getTestMethod().isPresent() && isFor(context)) {
            runOf(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (isFor(context)) {
            runOf(context);
        }
    }

    /** Begins it, if that has not been done. */
    private TestRun runOf(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestRun.class,
                        key -> {
                            TestRun run = new TestRun(
                                    context.getDisplayName() + " of "
                                            + context.getRequiredTestClass().getName(),
                                    Settings.of(elements(context)),
                                    seed);
                            run.begin();
                            return run;
                        },
                        TestRun.class);
    }

    private static List<AnnotatedElement> elements(ExtensionContext context) {
        List<AnnotatedElement> elements = new ArrayList<>();
        context.getTestMethod().ifPresent(elements::add);
        elements.add(context.getRequiredTestClass());
        elements.addAll(context.getEnclosingTestClasses());
        return elements;
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (isFor(context)) {
            runOf(context).on(invocation); // another extension may have changed the thread
        } else {
            invocation.proceed();
        }
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        interceptTestMethod(invocation, method, context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!isFor(context)) {
            return;
        }
        Throwable before = context.getExecutionException().orElse(null);
        Throwable after = runOf(context).end(before);
        if (after != before && after instanceof Error error) {
            throw error;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return isFor(context)
                && context.getTestMethod().isPresent()
                && Parameters.isSupported(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.resolve(parameter.getParameter().getType(), runOf(context));
    }
}
