// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of Deferreds with JUnit, after Twisted's trial: {@link io.deferred.testkit}; with AssertJ, {@link io.deferred.testkit.assertj}.
 *
 * <p>JUnit is needed at run time; AssertJ only by those who use the second package.
 */
module io.deferred.testkit {
    requires transitive io.deferred;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.engine;
    requires static transitive org.assertj.core;
    requires static transitive org.jspecify;

    exports io.deferred.testkit;
    exports io.deferred.testkit.assertj;
}
