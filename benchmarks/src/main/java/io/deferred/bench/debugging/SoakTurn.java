// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredQueue;
import io.deferred.Dump;
import io.deferred.Pair;
import io.deferred.Retry;
import io.deferred.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A little of everything that has a story, again and again, on objects that live as long as the program. */
final class SoakTurn implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final int TURNS_FOR_A_DUMP = 1000;

    private final VirtualClock clock = new VirtualClock();
    private final DeferredLock lock = new DeferredLock();
    private final DeferredQueue<Integer> queue = new DeferredQueue<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Deferred<Integer> neverFired = new Deferred<Integer>().named("never fired");
    private int turns;

    void run() throws Exception {
        request();
        cancelled();
        lineUp();
        onOtherThreads();
        later();
        Deferred.fail(new IOException("nobody handles this one"));
        if (++turns % TURNS_FOR_A_DUMP == 0) {
            Dump.json();
        }
    }

    private static void request() {
        Deferred<Integer> answer = new Deferred<Integer>().named("answer");
        Deferred<Integer> inner = new Deferred<>();
        Deferred<Integer> fork = answer.addCallback(v -> v + 1)
                .chainCallback(v -> inner)
                .addCallback(v -> 1 / (v - 2))
                .fork();
        answer.handle(f -> {});
        Deferred.gatherResultsConsumingErrors(List.of(fork, Deferred.succeed(1)))
                .handle(f -> {});
        answer.callback(1);
        inner.callback(2);
    }

    private void cancelled() {
        Deferred<Integer> outer = Deferred.succeed(1).chainCallback(v -> new Deferred<Integer>(d -> {}));
        outer.handle(f -> {});
        outer.cancel();
        Deferred<Integer> late = new Deferred<Integer>().addTimeout(SECOND, clock);
        late.handle(f -> {});
        clock.advance(SECOND);
        Deferred<Integer> fork = neverFired.fork();
        fork.handle(f -> {});
        fork.cancel();
    }

    private void lineUp() {
        Deferred<Integer> held = new Deferred<>();
        Deferred<Integer> first = lock.run(() -> held);
        Deferred<Integer> second = lock.run(() -> Deferred.succeed(2));
        held.callback(1);
        Deferred<Integer> got = queue.get();
        queue.put(3);
        Deferred.gatherResults(List.of(first, second, got)).consume(v -> {});
    }

    private void onOtherThreads() throws Exception {
        Pair<Integer> pair = Deferred.pair();
        Deferred<Integer> body = Deferred.async(() -> pair.readSide().await() + 1);
        Deferred<Integer> thread = Deferred.deferToThread(executor, () -> 1);
        pair.writeSide().callback(4);
        thread.get(LONG_ENOUGH);
        body.get(LONG_ENOUGH);
    }

    private void later() {
        Deferred<Integer> answer = Retry.upTo(3).run(clock, () -> Deferred.fail(new IOException("again and again")));
        answer.handle(f -> {});
        clock.advance(LONG_ENOUGH);
        answer.cancel();
    }

    @Override
    public void close() {
        neverFired.cancel();
        neverFired.handle(f -> {});
        executor.shutdown();
    }
}
