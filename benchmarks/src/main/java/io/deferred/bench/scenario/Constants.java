// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.ListenableFuture;
import io.deferred.bench.Step;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/**
 * Promises that have their value and serve again and again, of the libraries in which whoever reads a value leaves it there, and nothing of himself. A record, because the JIT trusts the fields of those to be constant.
 */
record Constants(
        CompletableFuture<Step> completableFuture,
        io.trane.future.Future<Step> trane,
        ListenableFuture<Step> guava,
        io.vertx.core.Future<Step> vertx,
        io.netty.util.concurrent.Future<Step> netty,
        scala.concurrent.Future<Step> scala,
        Uni<Step> mutiny,
        Mono<Step> reactor,
        Single<Step> rxJava) {
    /** Where pipelines start. */
    static final Constants START = of(Step.START);

    static Constants of(Step value) {
        return new Constants(
                Fired.completableFuture(value),
                Fired.trane(value),
                Fired.guava(value),
                Fired.vertx(value),
                Fired.netty(value),
                Fired.scala(value),
                Fired.mutiny(value),
                Fired.reactor(value),
                Fired.rxJava(value));
    }
}
