// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of Deferreds with JUnit, after Twisted's trial: {@link io.deferred.testkit}; with AssertJ, {@link io.deferred.testkit.assertj}.
 *
 * <p>JUnit is needed at run time; AssertJ only by those who use the second package. A module of tests that uses it has to open its packages to {@code org.junit.platform.commons} and to this module.
 */
module io.deferred.testkit {
    requires transitive io.deferred;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.platform.engine;
    requires static transitive org.assertj.core;
    requires static transitive org.jspecify;

    // API
    exports io.deferred.testkit;
    exports io.deferred.testkit.assertj;

    // for JUnit
    provides org.junit.jupiter.api.extension.Extension with
            io.deferred.testkit.DeferredExtension;
    provides org.junit.platform.engine.TestEngine with
            io.deferred.testkit.DeferredTestEngine;
}
