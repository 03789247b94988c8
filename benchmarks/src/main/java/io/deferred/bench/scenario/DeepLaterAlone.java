// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.bench.Scenario;
import org.openjdk.jmh.annotations.Benchmark;

/** {@link DeepLater} for ours alone, at depths at which others overflow the stack. */
public class DeepLaterAlone extends Scenario {
    private final DeepLater work = new DeepLater();

    @Override
    public Object expected() {
        return work.expected();
    }

    @Override
    public int operations() {
        return work.operations();
    }

    @Benchmark
    public Object deferred() {
        return work.deferred();
    }
}
