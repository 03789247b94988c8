// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import static io.deferred.bench.own.Parts.HANDLER;
import static io.deferred.bench.own.Parts.VALUE;

import io.deferred.Callback;
import io.deferred.Deferred;
import java.util.stream.Stream;

/** Callbacks that return Deferreds. */
final class Waits {
    private static final int HOPS = 10_000;
    private static final Callback<String, Deferred<String>> FRESH = v -> Deferred.succeed(VALUE);

    /** What {@link #TAKE} returns: so that no function is made for each Deferred that is waited for. */
    private static Deferred<String> next = new Deferred<>();

    private static final Callback<String, Deferred<String>> TAKE = v -> next;

    private Waits() {}

    static Stream<Work<?>> works() {
        return Parts.works(
                Work.of("inner-fired-1", () -> innerFired(1)),
                Work.of("inner-fired-100", () -> innerFired(100)),
                Work.of("inner-pending", () -> {
                    Deferred<String> inner = new Deferred<>();
                    Deferred<String> outer = waitingFor(inner);
                    inner.callback(VALUE);
                    return outer;
                }),
                Work.of("hop-of-10000", Waits::hops).perPart(HOPS),
                Work.of("cancel-waiting-10", () -> {
                    Deferred<String> outermost = chain(10).addErrback(HANDLER);
                    outermost.cancel();
                    return outermost;
                }));
    }

    private static Deferred<String> innerFired(int stages) {
        Deferred<String> first = new Deferred<>();
        Deferred<String> end = first;
        for (int i = 0; i < stages; i++) {
            end = end.chainCallback(FRESH);
        }
        first.callback(VALUE);
        return end;
    }

    private static Deferred<String> waitingFor(Deferred<String> inner) {
        next = inner;
        return Deferred.succeed(VALUE).chainCallback(TAKE);
    }

    private static Deferred<String> chain(int length) {
        Deferred<String> outermost = new Deferred<>();
        for (int i = 1; i < length; i++) {
            outermost = waitingFor(outermost);
        }
        return outermost;
    }

    /** Each has a function that returns the next one, and is fired while that is not; the last one is fired in the end. */
    private static Object hops() {
        Deferred<String>[] all = Parts.unfired(HOPS);
        for (int i = 0; i < HOPS - 1; i++) {
            Deferred<String> following = all[i + 1];
            all[i] = all[i].chainCallback(v -> following);
        }
        Parts.fire(all);
        return all;
    }
}
