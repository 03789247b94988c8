// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.DeepChecks.check;
import static io.deferred.DeepChecks.failure;
import static io.deferred.DeepChecks.value;
import static io.deferred.DeepPrograms.EARLY;
import static io.deferred.DeepPrograms.TURNS;
import static io.deferred.LiveMemory.checkGrowth;
import static io.deferred.LiveMemory.liveBytes;

import io.deferred.DeepPrograms.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@link DeepPrograms} has of loops by recursion, whose turns are pending when they are returned. */
final class DeepLoops {
    private DeepLoops() {}

    static Map<String, Program> loops() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("loopInConstantMemory", () -> new Loop().run());
        all.put("loopWithLabelledTurns", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.LABELLED;
            loop.run();
        });
        all.put("loopOfTurnsWithACanceller", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.CANCELLER;
            loop.run();
        });
        all.put("loopOfWhichSomebodyHoldsAMiddleTurn", () -> {
            Loop loop = new Loop();
            loop.hold = 12_345;
            loop.run();
            check(null, value(loop.held));
        });
        all.put("loopWhoseOutermostHasFurtherCallbacks", () -> {
            Loop loop = new Loop();
            loop.further = 1000;
            loop.run();
        });
        all.put("loopOfErrbacks", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.ERRBACKS;
            loop.run();
        });
        all.put("loopWhoseTurnsWaitWhenReturned", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.WAITING;
            loop.run();
        });
        all.put("loopCalledOffInTheEnd", () -> {
            Loop loop = new Loop();
            loop.calledOff = true;
            loop.run();
        });
        return all;
    }

    private enum Kind {
        PLAIN,
        LABELLED,
        CANCELLER,
        ERRBACKS,
        WAITING
    }

    /** Recursion whose turns are pending when they are returned. */
    private static final class Loop {
        Kind kind = Kind.PLAIN;
        int hold = -1;
        int further;
        boolean calledOff;
        Deferred<Integer> held;

        private final Pending pending = new Pending();
        private int turns;

        private Deferred<Integer> turn() {
            Deferred<Integer> d = make();
            if (turns == hold) {
                held = d;
            }
            turns++;
            return d;
        }

        private Deferred<Integer> make() {
            return switch (kind) {
                case PLAIN -> pending.make().chainCallback(this::next);
                case LABELLED -> pending.make().named("turn " + turns).chainCallback(this::next);
                case CANCELLER -> {
                    int number = turns;
                    pending.now = new Deferred<>(self -> check(turns, number + 1));
                    yield pending.now.chainCallback(this::next);
                }
                case ERRBACKS -> pending.make().chainErrback(f -> next(turns));
                case WAITING ->
                    Deferred.succeed(0).chainCallback(x -> pending.make()).chainCallback(this::next);
            };
        }

        private Deferred<Integer> next(Integer number) {
            return number < TURNS ? turn() : Deferred.succeed(number);
        }

        void run() {
            Deferred<Integer> outermost = turn();
            for (int i = 0; i < further; i++) {
                outermost = outermost.addCallback(x -> x + 1);
            }
            long early = 0;
            for (int i = 1; i <= TURNS; i++) {
                if (i == EARLY) {
                    early = liveBytes();
                }
                if (i == TURNS) {
                    long late = liveBytes();
                    checkGrowth(early, late);
                }
                if (i == TURNS && calledOff) {
                    check(Cancellation.PASSED_ON, outermost.cancel());
                    check(CancelledException.class, failure(outermost).getClass());
                    return;
                }
                if (kind == Kind.ERRBACKS) {
                    pending.take().errback(FAILURE);
                } else {
                    pending.take().callback(i);
                }
            }
            check(TURNS + further, value(outermost));
        }

        private static final Failure FAILURE = new Failure(new IllegalArgumentException("on it goes"));
    }
}
