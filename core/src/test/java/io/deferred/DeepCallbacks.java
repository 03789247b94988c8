// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.DeepChecks.check;
import static io.deferred.DeepChecks.failure;
import static io.deferred.DeepChecks.value;
import static io.deferred.DeepPrograms.DEPTH;

import io.deferred.DeepPrograms.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@link DeepPrograms} has of callbacks and forks of one Deferred. */
final class DeepCallbacks {
    private DeepCallbacks() {}

    static Map<String, Program> deep() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("callbacksThatReturnFiredOnes", DeepCallbacks::manyFiredInners);
        all.put("callbacksThatReturnPendingOnes", () -> manyPendingInners(false));
        all.put("callbacksThatReturnPendingOnesWhileOthersAreAdded", () -> manyPendingInners(true));
        all.put("errbacksThatReturnPendingOnes", DeepCallbacks::manyPendingErrbacks);
        all.put("callbacksThatEachAddTheNext", DeepCallbacks::eachAddsTheNext);
        all.put("oneCallbackThatAddsAMillion", DeepCallbacks::oneAddsAMillion);
        all.put("forksOfForks", DeepCallbacks::forksOfForks);
        all.put("forksOfOne", DeepCallbacks::forksOfOne);
        all.put("callbacksThatEachPause", DeepCallbacks::eachPauses);
        all.put("callbacksAddedWhilePaused", DeepCallbacks::addedWhilePaused);
        return all;
    }

    private static void manyFiredInners() {
        Deferred<Integer> d = new Deferred<>();
        for (int i = 0; i < DEPTH; i++) {
            d = d.chainCallback(x -> Deferred.succeed(x + 1));
        }
        d.callback(0);
        check(DEPTH, value(d));
    }

    private static void manyPendingInners(boolean addMeanwhile) {
        Pending pending = new Pending();
        Deferred<Integer> d = new Deferred<>();
        int[] added = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            d = d.chainCallback(x -> pending.make());
        }
        d.callback(0);
        for (int i = 1; i <= DEPTH; i++) {
            if (addMeanwhile && i % 2 == 0) {
                d = d.tap(x -> added[0]++);
            }
            pending.take().callback(i);
        }
        check(DEPTH, value(d));
        check(addMeanwhile ? DEPTH / 2 : 0, added[0]);
    }

    private static void manyPendingErrbacks() {
        Pending pending = new Pending();
        Deferred<Integer> d = new Deferred<>();
        for (int i = 0; i < DEPTH; i++) {
            d = d.chainErrback(f -> pending.make());
        }
        d.errback(new IllegalArgumentException("first"));
        for (int i = 1; i <= DEPTH; i++) {
            pending.take().errback(new IllegalArgumentException("number " + i));
        }
        check("number " + DEPTH, failure(d).getMessage());
    }

    private static void eachAddsTheNext() {
        Deferred<Integer> d = new Deferred<>();
        Callback<Integer, Integer> callback = new Callback<>() {
            @Override
            public Integer call(Integer x) {
                if (x < DEPTH) {
                    var unused = d.addCallback(this);
                }
                return x + 1;
            }
        };
        var unused = d.addCallback(callback);
        d.callback(0);
        check(DEPTH + 1, value(d));
    }

    private static void oneAddsAMillion() {
        Deferred<Integer> d = new Deferred<>();
        d.callback(0);
        var unused = d.addCallback(x -> {
            for (int i = 0; i < DEPTH; i++) {
                var unusedToo = d.addCallback(y -> y + 1);
            }
            return x;
        });
        check(DEPTH, value(d));
    }

    private static void forksOfForks() {
        Deferred<Integer> first = new Deferred<>();
        Deferred<Integer> d = first;
        for (int i = 0; i < DEPTH; i++) {
            d = d.addCallback(x -> x + 1).fork();
        }
        first.callback(0);
        check(1, value(first));
        check(DEPTH, value(d));
    }

    private static void forksOfOne() {
        Deferred<Integer> d = new Deferred<>();
        int[] sum = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            var unused = d.fork().tap(x -> sum[0] += x);
        }
        d.callback(1);
        check(DEPTH, sum[0]);
        check(1, value(d));
    }

    private static void eachPauses() {
        Deferred<Integer> first = new Deferred<>();
        Deferred<Integer> d = first;
        for (int i = 0; i < DEPTH; i++) {
            d = d.addCallback(x -> {
                first.pause();
                return x + 1;
            });
        }
        d.callback(0);
        for (int i = 1; i <= DEPTH; i++) {
            check(i, value(d));
            d.unpause();
        }
        check(DEPTH, value(d));
    }

    private static void addedWhilePaused() {
        Deferred<Integer> d = new Deferred<>();
        d.pause();
        d.callback(0);
        for (int i = 0; i < DEPTH; i++) {
            d = d.addCallback(x -> x + 1);
        }
        check(0, value(d));
        d.unpause();
        check(DEPTH, value(d));
    }
}
