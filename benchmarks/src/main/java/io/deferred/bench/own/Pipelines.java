// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import static io.deferred.bench.own.Parts.EXCEPTION;
import static io.deferred.bench.own.Parts.HANDLER;
import static io.deferred.bench.own.Parts.SAME;
import static io.deferred.bench.own.Parts.VALUE;
import static io.deferred.bench.own.Parts.stages;

import io.deferred.Deferred;
import java.util.stream.Stream;

/** One Deferred, and callbacks that return plain values. */
final class Pipelines {
    private static final int N = 100;

    private Pipelines() {}

    static Stream<Work<?>> works() {
        return Parts.works(
                Work.of("new", Deferred::new),
                Work.of("succeed", () -> Deferred.succeed(VALUE)),
                Work.of("fail-handled", () -> Deferred.<String>fail(EXCEPTION).addErrback(HANDLER)),
                Work.of("fired", () -> mapped(0)),
                Work.of("pending-1", () -> stages(new Deferred<>(), 1)),
                Work.of("pending-3", () -> stages(new Deferred<>(), 3)),
                Work.of("pending-100", () -> stages(new Deferred<>(), N)),
                Work.of("map-1", () -> mapped(1)),
                Work.of("map-3", () -> mapped(3)),
                Work.of("map-100", () -> mapped(N)),
                Work.given("on-fired-1", () -> Deferred.succeed(VALUE), d -> stages(d, 1)),
                Work.given("on-fired-100", () -> Deferred.succeed(VALUE), d -> stages(d, N)),
                Work.given("errback-on-value", () -> Deferred.succeed(VALUE), d -> d.addErrback(HANDLER)),
                Work.given("callback-on-failure", () -> Deferred.<String>fail(EXCEPTION), d -> d.addCallback(SAME)),
                Work.of("errback-after-100", Pipelines::failed),
                Work.of("cancel-chain-10", Pipelines::cancelled));
    }

    private static Deferred<String> mapped(int stages) {
        Deferred<String> first = new Deferred<>();
        Deferred<String> end = stages(first, stages);
        first.callback(VALUE);
        return end;
    }

    private static Deferred<String> cancelled() {
        Deferred<String> end = stages(new Deferred<>(), 9).addErrback(HANDLER);
        end.cancel();
        return end;
    }

    private static Deferred<String> failed() {
        Deferred<String> first = new Deferred<>();
        Deferred<String> end = stages(first, N).addErrback(HANDLER);
        first.errback(EXCEPTION);
        return end;
    }
}
