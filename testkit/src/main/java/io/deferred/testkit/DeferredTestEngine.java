// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;

/**
 * Runs methods with {@link DeferredTest}, on the JUnit Platform and beside Jupiter. It is found by itself when the kit is on the class path; nobody needs to name it.
 *
 * <p>Its tests are run one after the other, unless the configuration parameter {@code io.deferred.testkit.parallel.enabled} is {@code true}: then classes and methods are run in parallel, except those with {@code @Execution(SAME_THREAD)}. {@code
 * io.deferred.testkit.parallel.config.strategy} and what goes with it are as Jupiter's of the same names. Of Jupiter's other annotations for tests in parallel, {@code @ResourceLock} and {@code @Isolated} are not heeded.
 */
public final class DeferredTestEngine implements TestEngine {
    /** How unique ids of its tests begin. */
    public static final String ID = "deferred-testkit";

    private final KitEngine engine = new KitEngine();

    /** For the JUnit Platform. */
    public DeferredTestEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        return engine.discover(request, id);
    }

    @Override
    public void execute(ExecutionRequest request) {
        engine.execute(request);
    }
}
