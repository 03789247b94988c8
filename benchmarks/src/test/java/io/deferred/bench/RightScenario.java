// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** A scenario that gives what it should; five operations in each call. */
public class RightScenario extends Scenario {
    private int calls;

    @Override
    public Object expected() {
        return "right";
    }

    @Override
    public int operations() {
        return 5;
    }

    int calls() {
        return calls;
    }

    @Benchmark
    public Object guava() {
        calls++;
        return "right";
    }

    @Benchmark
    public Object deferred() {
        calls++;
        return "right";
    }
}
