// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static io.deferred.bench.Case.Variant.ESCAPES;
import static io.deferred.bench.Case.Variant.FRESH;
import static io.deferred.bench.Case.Variant.MIXED;

import io.deferred.bench.scenario.CancelChain;
import io.deferred.bench.scenario.Contended;
import io.deferred.bench.scenario.DeepLater;
import io.deferred.bench.scenario.DeepLaterAlone;
import io.deferred.bench.scenario.EnsureFired;
import io.deferred.bench.scenario.EnsurePending;
import io.deferred.bench.scenario.FailFired;
import io.deferred.bench.scenario.FailPending;
import io.deferred.bench.scenario.FailedPromise;
import io.deferred.bench.scenario.FanOut;
import io.deferred.bench.scenario.FiredPromise;
import io.deferred.bench.scenario.FlatMapFired;
import io.deferred.bench.scenario.FlatMapPending;
import io.deferred.bench.scenario.Gather;
import io.deferred.bench.scenario.MapFired;
import io.deferred.bench.scenario.MapPending;
import io.deferred.bench.scenario.NewPromise;
import io.deferred.bench.scenario.PendingTimeouts;
import io.deferred.bench.scenario.PingPong;
import io.deferred.bench.scenario.RecursiveConst;
import io.deferred.bench.scenario.RequestPipeline;
import io.deferred.bench.scenario.SetValue;
import io.deferred.bench.scenario.Timeout;
import java.util.List;

/** All cases. Those with one stage have the plain name; N stands for a hundred, Const for a promise that has its value already, esc for one that somebody else holds, Mega for functions that differ. */
final class Catalogue {
    private static final int N = 100;

    static final List<Case> ALL = List.of(
            Case.of("mapPromise", MapPending.class, 1),
            Case.of("mapPromiseN", MapPending.class, N),
            Case.of("mapConst", MapFired.class, 1),
            Case.of("mapConstN", MapFired.class, N),
            Case.of("setValue", SetValue.class, 1),
            Case.of("flatMapPromise", FlatMapPending.class, 1),
            Case.of("flatMapPromiseN", FlatMapPending.class, N),
            Case.of("flatMapFreshN", FlatMapPending.class, N, FRESH),
            Case.of("flatMapConst", FlatMapFired.class, 1),
            Case.of("flatMapConstN", FlatMapFired.class, N),
            Case.of("escSetValue", SetValue.class, 1, ESCAPES),
            Case.of("escMapPromise", MapPending.class, 1, ESCAPES),
            Case.of("escMapConst", MapFired.class, 1, ESCAPES),
            Case.of("escFlatMapPromise", FlatMapPending.class, 1, ESCAPES),
            Case.of("escFlatMapConst", FlatMapFired.class, 1, ESCAPES),
            Case.of("failN", FailPending.class, N),
            Case.of("failConstN", FailFired.class, N),
            Case.of("gather10", Gather.class, 10),
            Case.of("gather1000", Gather.class, 1_000),
            Case.of("deepLater", DeepLater.class, 10_000).with("-Xss64m"),
            Case.of("deepLater1M", DeepLaterAlone.class, 1_000_000),
            Case.of("cancelChain", CancelChain.class, 1),
            Case.of("timeout", Timeout.class, 1),
            Case.of("mapPromise3", MapPending.class, 3),
            Case.of("mapPromiseNMega", MapPending.class, N, MIXED),
            Case.of("mapConstNMega", MapFired.class, N, MIXED),
            Case.of("newPromise", NewPromise.class, 1),
            Case.of("value", FiredPromise.class, 1),
            Case.of("exception", FailedPromise.class, 1),
            Case.of("ensurePromise", EnsurePending.class, 1),
            Case.of("ensurePromiseN", EnsurePending.class, N),
            Case.of("ensureConst", EnsureFired.class, 1),
            Case.of("ensureConstN", EnsureFired.class, N),
            Case.of("recursiveConst", RecursiveConst.class, N),
            Case.of("contended", Contended.class, 1_000),
            Case.of("pingpong", PingPong.class, 1_000),
            Case.of("fanOut1000", FanOut.class, 1_000),
            Case.of("request12", RequestPipeline.class, 1),
            Case.of("pendingTimeouts", PendingTimeouts.class, 1_000_000).with("-Xms6g", "-Xmx6g"));

    private Catalogue() {}
}
