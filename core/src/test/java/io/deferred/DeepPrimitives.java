// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.DeepChecks.check;
import static io.deferred.DeepChecks.value;
import static io.deferred.DeepPrograms.DEPTH;
import static io.deferred.DeepPrograms.EARLY;
import static io.deferred.DeepPrograms.TURNS;
import static io.deferred.LiveMemory.checkGrowth;
import static io.deferred.LiveMemory.liveBytes;

import io.deferred.DeepPrograms.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@link DeepPrograms} has of locks, semaphores, queues, events and loops. */
final class DeepPrimitives {
    private DeepPrimitives() {}

    static Map<String, Program> deep() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("lockHandedToAMillionThatReleaseAtOnce", DeepPrimitives::lockHandedOver);
        all.put("semaphoreRunByAMillion", DeepPrimitives::semaphoreRun);
        all.put("queueFilledByEachWhoGets", DeepPrimitives::queueFilledByEachWhoGets);
        all.put("eventThatAMillionWaitFor", DeepPrimitives::event);
        all.put("loopOfFiredTurnsOnASmallStack", () -> loopOfFiredTurns(DEPTH));
        return all;
    }

    static Map<String, Program> loops() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("loopOfTenMillionFiredTurns", () -> loopOfFiredTurns(TURNS));
        all.put("loopOfTenMillionPendingTurns", () -> new PendingTurns().run());
        return all;
    }

    private static void lockHandedOver() {
        DeferredLock lock = new DeferredLock();
        var unused = lock.acquire();
        int[] served = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            lock.acquire().consume(held -> {
                served[0]++;
                held.release();
            });
        }
        lock.release();
        check(DEPTH, served[0]);
        check(false, lock.locked());
    }

    private static void semaphoreRun() {
        DeferredSemaphore semaphore = new DeferredSemaphore(3);
        for (int i = 0; i < 3; i++) {
            var unused = semaphore.acquire();
        }
        List<Deferred<Integer>> runs = new ArrayList<>(DEPTH);
        for (int i = 0; i < DEPTH; i++) {
            int number = i;
            runs.add(semaphore.run(() -> Deferred.succeed(number)));
        }
        semaphore.release();
        for (int i = 0; i < DEPTH; i++) {
            check(i, value(runs.get(i)));
        }
        check(1, semaphore.tokens());
    }

    private static void queueFilledByEachWhoGets() {
        DeferredQueue<Integer> queue = new DeferredQueue<>(0, DeferredQueue.UNLIMITED);
        int[] last = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            queue.get().consume(item -> {
                last[0] = item;
                if (item < DEPTH) {
                    queue.put(item + 1);
                }
            });
        }
        queue.put(1);
        check(DEPTH, last[0]);
    }

    private static void event() {
        DeferredEvent event = new DeferredEvent();
        int[] fired = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            event.whenSet().consume(nothing -> {
                fired[0]++;
                event.set();
            });
        }
        event.set();
        check(DEPTH, fired[0]);
    }

    private static void loopOfFiredTurns(int turns) {
        int[] count = new int[1];
        long[] early = new long[1];
        Deferred<Integer> loop = Deferred.loop(() -> {
            if (++count[0] == EARLY) {
                early[0] = liveBytes();
            }
            return Deferred.succeed(count[0] < turns ? Turn.again() : Turn.stop(count[0]));
        });
        check(turns, value(loop));
        checkGrowth(early[0], liveBytes());
    }

    private static final class PendingTurns {
        private Deferred<Turn<Integer>> pending;
        private int begun;

        private Deferred<Turn<Integer>> turn() {
            begun++;
            pending = new Deferred<>();
            return pending;
        }

        void run() {
            Deferred<Integer> loop = Deferred.loop(this::turn);
            long early = 0;
            for (int i = 1; i < TURNS; i++) {
                if (i == EARLY) {
                    early = liveBytes();
                }
                pending.callback(Turn.again());
            }
            checkGrowth(early, liveBytes());
            pending.callback(Turn.stop(begun));
            check(TURNS, value(loop));
        }
    }
}
