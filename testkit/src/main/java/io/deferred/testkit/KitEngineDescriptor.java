// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/** All tests of the kit's engine. */
final class KitEngineDescriptor extends EngineDescriptor implements Node<KitContext> {
    KitEngineDescriptor(UniqueId id) {
        super(id, "Deferred test kit");
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.CONCURRENT;
    }
}
