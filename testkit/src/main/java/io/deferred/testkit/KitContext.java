// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;

/** Nothing: what a test needs is made for it alone. */
enum KitContext implements EngineExecutionContext {
    NOTHING
}
