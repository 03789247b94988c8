// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import org.openjdk.jmh.annotations.Benchmark;

/** A promise is made that has its value. */
public class FiredPromise extends Scenario {
    @Override
    public Object expected() {
        return Step.START;
    }

    @Benchmark
    public Object deferred() {
        use(Fired.deferred(Step.START));
        return expected();
    }

    @Benchmark
    public Object completableFuture() {
        use(Fired.completableFuture(Step.START));
        return expected();
    }

    @Benchmark
    public Object trane() {
        use(Fired.trane(Step.START));
        return expected();
    }

    @Benchmark
    public Object async() {
        use(Fired.async(Step.START));
        return expected();
    }

    @Benchmark
    public Object guava() {
        use(Fired.guava(Step.START));
        return expected();
    }

    @Benchmark
    public Object vertx() {
        use(Fired.vertx(Step.START));
        return expected();
    }

    @Benchmark
    public Object netty() {
        use(Fired.netty(Step.START));
        return expected();
    }

    @Benchmark
    public Object scala() {
        use(Fired.scala(Step.START));
        return expected();
    }

    @Benchmark
    public Object mutiny() {
        use(Fired.mutiny(Step.START));
        return expected();
    }

    @Benchmark
    public Object reactor() {
        use(Fired.reactor(Step.START));
        return expected();
    }

    @Benchmark
    public Object rxJava() {
        use(Fired.rxJava(Step.START));
        return expected();
    }

    @Benchmark
    public Object kotlin() {
        use(Fired.kotlin(Step.START));
        return expected();
    }

    @Benchmark
    public Object jdeferred() {
        use(Fired.jdeferred(Step.START));
        return expected();
    }
}
