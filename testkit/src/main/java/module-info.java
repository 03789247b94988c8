// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of Deferreds with JUnit, after Twisted's trial.
 *
 * <p>All of it is in {@link io.deferred.testkit}. A module of tests that uses it has to open its packages to {@code org.junit.platform.commons} and to this module.
 */
module io.deferred.testkit {
    requires transitive io.deferred;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.platform.engine;
    requires static transitive org.jspecify;

    // API
    exports io.deferred.testkit;

    provides org.junit.platform.engine.TestEngine with
            io.deferred.testkit.DeferredTestEngine;
}
