// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@link DeepPrograms} has of locks, semaphores, queues, events and loops. */
final class DeepPrimitives {
    private static final int DEPTH = 1_000_000;
    private static final int TURNS = 10_000_000;
    private static final int EARLY = 1_000_000;

    private DeepPrimitives() {}

    static Map<String, DeepPrograms.Program> deep() {
        Map<String, DeepPrograms.Program> all = new LinkedHashMap<>();
        all.put("lockHandedToAMillionThatReleaseAtOnce", DeepPrimitives::lockHandedOver);
        all.put("semaphoreRunByAMillion", DeepPrimitives::semaphoreRun);
        all.put("queueFilledByEachWhoGets", DeepPrimitives::queueFilledByEachWhoGets);
        all.put("eventThatAMillionWaitFor", DeepPrimitives::event);
        all.put("loopOfFiredTurnsOnASmallStack", () -> loopOfFiredTurns(DEPTH));
        return all;
    }

    static Map<String, DeepPrograms.Program> loops() {
        Map<String, DeepPrograms.Program> all = new LinkedHashMap<>();
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
        DeepPrograms.check(DEPTH, served[0]);
        DeepPrograms.check(false, lock.locked());
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
            DeepPrograms.check(i, DeepPrograms.value(runs.get(i)));
        }
        DeepPrograms.check(1, semaphore.tokens());
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
        DeepPrograms.check(DEPTH, last[0]);
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
        DeepPrograms.check(DEPTH, fired[0]);
    }

    private static void loopOfFiredTurns(int turns) {
        int[] count = new int[1];
        long[] early = new long[1];
        Deferred<Integer> loop = Deferred.loop(() -> {
            if (++count[0] == EARLY) {
                early[0] = DeepPrograms.liveBytes();
            }
            return Deferred.succeed(count[0] < turns ? Turn.again() : Turn.stop(count[0]));
        });
        DeepPrograms.check(turns, DeepPrograms.value(loop));
        DeepPrograms.checkGrowth(early[0], DeepPrograms.liveBytes());
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
                    early = DeepPrograms.liveBytes();
                }
                pending.callback(Turn.again());
            }
            DeepPrograms.checkGrowth(early, DeepPrograms.liveBytes());
            pending.callback(Turn.stop(begun));
            DeepPrograms.check(TURNS, DeepPrograms.value(loop));
        }
    }
}
