// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** A scenario in which one library does not do the work, and another throws. */
public class WrongScenario extends Scenario {
    @Override
    public Object expected() {
        return "right";
    }

    @Benchmark
    public Object vertx() {
        return "wrong";
    }

    @Benchmark
    public Object netty() {
        throw new UnsupportedOperationException("not today");
    }
}
