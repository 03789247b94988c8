// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.bench.Step;
import io.smallrye.mutiny.Uni;
import org.openjdk.jmh.annotations.Benchmark;

/** A promise is made, and left as it is. */
public class NewPromise extends Subscribing {
    @Override
    public Object expected() {
        return Step.START;
    }

    @Benchmark
    public Object deferred() {
        use(Promises.deferred());
        return expected();
    }

    @Benchmark
    public Object completableFuture() {
        use(Promises.completableFuture());
        return expected();
    }

    @Benchmark
    public Object trane() {
        use(Promises.trane());
        return expected();
    }

    @Benchmark
    public Object async() {
        use(Promises.async());
        return expected();
    }

    @Benchmark
    public Object guava() {
        use(Promises.guava());
        return expected();
    }

    @Benchmark
    public Object vertx() {
        use(Promises.vertx());
        return expected();
    }

    @Benchmark
    public Object netty() {
        use(Promises.netty());
        return expected();
    }

    @Benchmark
    public Object scala() {
        use(Promises.scala());
        return expected();
    }

    @Benchmark
    public Object mutiny() {
        Uni.createFrom().<Step>emitter(e -> emitter = e).subscribe().with(s -> last = s);
        use(emitter);
        return expected();
    }

    @Benchmark
    public Object reactor() {
        use(Promises.reactor());
        return expected();
    }

    @Benchmark
    public Object rxJava() {
        use(Promises.rxJava());
        return expected();
    }

    @Benchmark
    public Object kotlin() {
        use(Promises.kotlin());
        return expected();
    }

    @Benchmark
    public Object jdeferred() {
        use(Promises.jdeferred());
        return expected();
    }
}
