// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import io.deferred.Deferred;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The value that a promise has, in the way of each library that costs least; what they do when there is none differs, and is noticed. */
final class Results {
    /** To wait for nothing. */
    static final Duration AT_ONCE = Duration.ZERO;

    private Results() {}

    static Object of(Deferred<?> deferred) {
        return deferred.outcome().orElseThrow().unwrap();
    }

    static Object of(CompletableFuture<?> future) {
        return future.getNow(null);
    }

    static Object of(io.trane.future.Future<?> future) throws Exception {
        return future.get(AT_ONCE);
    }

    static Object of(com.stumbleupon.async.Deferred<?> deferred) throws Exception {
        return deferred.join();
    }

    static Object of(com.google.common.util.concurrent.ListenableFuture<?> future) throws ExecutionException {
        return Futures.getDone(future);
    }

    static Object of(io.vertx.core.Future<?> future) {
        return future.result();
    }

    static Object of(io.netty.util.concurrent.Future<?> future) {
        return future.getNow();
    }

    static Object of(scala.concurrent.Future<?> future) {
        return future.value().get().get();
    }
}
