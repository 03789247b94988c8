// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.isCancelled;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Locks, semaphores, queues and bodies used by several threads at once: nothing is lost, and nothing is given twice. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class PrimitiveRaceTest {
    @Test
    void aHandOverToAWaiterThatIsCancelledAtTheSameInstantLosesNoToken() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final DeferredLock lock = new DeferredLock();
            final Deferred<DeferredLock> holder = lock.acquire();
            final Deferred<DeferredLock> cancelled = lock.acquire();
            final Deferred<DeferredLock> next = lock.acquire();

            @Override
            void first() {
                lock.release();
            }

            @Override
            void second() {
                cancelled.cancel();
            }

            @Override
            void check() {
                assertThat(holder.called()).isTrue();
                assertThat(cancelled.called()).isTrue();
                assertThat(next.called())
                        .as("exactly one of the two has the lock")
                        .isEqualTo(isCancelled(cancelled));
                assertThat(lock.locked()).isTrue();
                lock.release();
                assertThat(lock.locked()).isNotEqualTo(isCancelled(cancelled));
            }
        });
    }

    @Test
    void aCancelThatMeetsTheHandOverOfARunReachesItsFunctionsDeferred() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final DeferredLock lock = new DeferredLock();
            final Deferred<DeferredLock> holder = lock.acquire();
            final Deferred<String> work = new Deferred<>();
            final AtomicInteger calls = new AtomicInteger();
            final Deferred<String> run = lock.run(() -> {
                calls.incrementAndGet();
                return work;
            });

            @Override
            void first() {
                lock.release();
            }

            @Override
            void second() {
                run.cancel();
            }

            @Override
            void check() {
                assertThat(holder.called()).isTrue();
                assertThat(isCancelled(run))
                        .as("the cancel is not lost: " + run)
                        .isTrue();
                assertThat(work.called()).as("called " + calls).isEqualTo(calls.get() == 1);
                assertThat(lock.locked()).isFalse();
            }
        });
    }

    @Test
    void threadsThatReleaseAtTheSameTimeServeAllWhoWait() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final DeferredSemaphore semaphore = new DeferredSemaphore(3);
            final AtomicInteger inside = new AtomicInteger();
            final AtomicInteger served = new AtomicInteger();
            final List<Deferred<?>> waiting = new ArrayList<>();

            {
                for (int i = 0; i < 3; i++) {
                    waiting.add(semaphore.acquire());
                }
                for (int i = 0; i < 9; i++) {
                    waiting.add(semaphore.acquire().tap(held -> {
                        if (inside.incrementAndGet() > 3) {
                            problem("more inside than there are tokens");
                        }
                        served.incrementAndGet();
                        inside.decrementAndGet();
                        held.release();
                    }));
                }
            }

            @Override
            void first() {
                semaphore.release();
            }

            @Override
            void second() {
                semaphore.release();
            }

            @Override
            void third() {
                semaphore.release();
            }

            @Override
            void check() {
                assertThat(served.get()).isEqualTo(9);
                assertThat(semaphore.tokens()).isEqualTo(3);
                assertThat(semaphore.waiting()).isZero();
            }
        });
    }

    @Test
    void acquireAgainstRelease() throws Exception {
        race(2, ROUNDS, seed -> new RaceRound(seed) {
            final DeferredLock lock = new DeferredLock();
            final Deferred<DeferredLock> holder = lock.acquire();
            Deferred<DeferredLock> acquired;

            @Override
            void first() {
                lock.release();
            }

            @Override
            void second() {
                acquired = lock.acquire();
            }

            @Override
            void check() {
                assertThat(holder.called()).isTrue();
                assertThat(acquired.called()).isTrue();
                assertThat(lock.locked()).isTrue();
            }
        });
    }

    @Test
    void everyItemIsGotOnceWhenSomeGettersAreCancelled() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final DeferredQueue<Integer> queue = new DeferredQueue<>();
            final int[] got = new int[8]; // each place is written by the one getter of that item
            final List<Deferred<?>> getters = new ArrayList<>();

            {
                for (int i = 0; i < 4; i++) {
                    getters.add(queue.get().tap(item -> got[item]++));
                }
            }

            @Override
            void first() {
                for (int i = 0; i < 4; i++) {
                    queue.put(i);
                }
            }

            @Override
            void second() {
                for (int i = 4; i < 8; i++) {
                    queue.put(i);
                }
            }

            @Override
            void third() {
                getters.get(random.nextInt(4)).cancel();
                getters.get(random.nextInt(4)).cancel();
            }

            @Override
            void check() {
                for (Integer left : queue.items()) {
                    got[left]++;
                }
                assertThat(got).containsOnly(1);
                assertThat(queue.waiting()).isZero();
                assertThat(getters).allMatch(Deferred::called);
            }
        });
    }

    @Test
    void setAgainstWhenSet() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final DeferredEvent event = new DeferredEvent();
            final AtomicInteger fired = new AtomicInteger();

            @Override
            void first() {
                event.set();
            }

            @Override
            void second() {
                event.whenSet().consume(nothing -> fired.incrementAndGet());
            }

            @Override
            void third() {
                event.whenSet().consume(nothing -> fired.incrementAndGet());
            }

            @Override
            void check() {
                assertThat(fired.get()).isEqualTo(2);
            }
        });
    }

    @Test
    void twoCancelsOfALoopEndIt() throws Exception {
        race(3, ROUNDS, seed -> new RaceRound(seed) {
            final Deferred<Turn<String>> first = new Deferred<>();
            final AtomicInteger turns = new AtomicInteger();
            final Deferred<String> loop = Deferred.loop(() -> {
                int turn = turns.getAndIncrement();
                return turn == 0 ? first : turn < 20 ? Deferred.succeed(Turn.again()) : new Deferred<>();
            });

            @Override
            void first() {
                first.callback(Turn.again());
            }

            @Override
            void second() {
                loop.cancel();
            }

            @Override
            void third() {
                loop.cancel();
            }

            @Override
            void check() {
                assertThat(isCancelled(loop)).as(loop.toString()).isTrue();
            }
        });
    }
}
