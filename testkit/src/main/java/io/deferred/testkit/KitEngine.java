// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.config.PrefixedConfigurationParameters;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.ParallelHierarchicalTestExecutorServiceFactory;

/** The engine behind {@link DeferredTestEngine}, whose users need not see of what it is made. */
final class KitEngine extends HierarchicalTestEngine<KitContext> {
    private static final String PARALLEL = "io.deferred.testkit.parallel.";

    private static final EngineDiscoveryRequestResolver<KitEngineDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<KitEngineDescriptor>builder()
                    .addClassContainerSelectorResolver(TestClasses::isTestClass)
                    .addSelectorResolver(context -> new ClassResolver(
                            context.getClassNameFilter(), new ExtensionWarnings(context.getIssueReporter())))
                    .addSelectorResolver(
                            context -> new MethodResolver(new ExtensionWarnings(context.getIssueReporter())))
                    .build();

    @Override
    public String getId() {
        return DeferredTestEngine.ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        KitEngineDescriptor engine = new KitEngineDescriptor(id);
        RESOLVER.resolve(
                request,
                engine,
                DiscoveryIssueReporter.deduplicating(
                        DiscoveryIssueReporter.forwarding(request.getDiscoveryListener(), id)));
        return engine;
    }

    @Override
    protected KitContext createExecutionContext(ExecutionRequest request) {
        return KitContext.NOTHING;
    }

    @Override
    protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
        ConfigurationParameters parameters = request.getConfigurationParameters();
        return parameters.getBoolean(PARALLEL + "enabled").orElse(false)
                ? ParallelHierarchicalTestExecutorServiceFactory.create(
                        new PrefixedConfigurationParameters(parameters, PARALLEL + "config."))
                : super.createExecutorService(request);
    }
}
