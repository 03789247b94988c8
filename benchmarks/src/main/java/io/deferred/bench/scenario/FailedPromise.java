// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import org.openjdk.jmh.annotations.Benchmark;

/** A promise is made that has failed; in ours the failure is handled, or it would be reported. */
public class FailedPromise extends Failing {
    @Benchmark
    public Object deferred() {
        use(Failed.deferred(ERROR).addErrback(ERRBACK));
        return expected();
    }

    @Benchmark
    public Object completableFuture() {
        use(Failed.completableFuture(ERROR));
        return expected();
    }

    @Benchmark
    public Object trane() {
        use(Failed.trane(ERROR));
        return expected();
    }

    @Benchmark
    public Object async() {
        use(Failed.async(ERROR));
        return expected();
    }

    @Benchmark
    public Object guava() {
        use(Failed.guava(ERROR));
        return expected();
    }

    @Benchmark
    public Object vertx() {
        use(Failed.vertx(ERROR));
        return expected();
    }

    @Benchmark
    public Object netty() {
        use(Failed.netty(ERROR));
        return expected();
    }

    @Benchmark
    public Object scala() {
        use(Failed.scala(ERROR));
        return expected();
    }

    @Benchmark
    public Object mutiny() {
        use(Failed.mutiny(ERROR));
        return expected();
    }

    @Benchmark
    public Object reactor() {
        use(Failed.reactor(ERROR));
        return expected();
    }

    @Benchmark
    public Object rxJava() {
        use(Failed.rxJava(ERROR));
        return expected();
    }

    @Benchmark
    public Object jdeferred() {
        use(Failed.jdeferred(ERROR));
        return expected();
    }
}
