// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.spi.ContextPropagator;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is made in a class outside of its tests. */
final class ClassRun {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What nobody is known to have made is charged to the last one that ends. */
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    private final Account account;
    private final Settings settings;
    private ContextPropagator.@Nullable Scope scope;

    ClassRun(Class<?> testClass) {
        Accounts.open();
        account = new Account("the class " + testClass.getName());
        List<AnnotatedElement> elements = new ArrayList<>();
        for (Class<?> c = testClass; c != null; c = c.getEnclosingClass()) {
            elements.add(c);
        }
        settings = Settings.of(elements);
    }

    void begin() {
        UNDER_WAY.incrementAndGet();
        scope = Accounts.enter(account);
    }

    /** Throws what is left. */
    void end() {
        List<String> left = new ArrayList<>(Reckoning.of(account, settings.mayLeave(), PATIENCE));
        if (scope != null) {
            scope.close();
        }
        if (UNDER_WAY.decrementAndGet() == 0) {
            left.addAll(Reckoning.of(Accounts.takeNobodys(), settings.mayLeave(), PATIENCE));
        }
        if (!left.isEmpty()) {
            throw new LeftoversError(account.owner(), left);
        }
    }
}
