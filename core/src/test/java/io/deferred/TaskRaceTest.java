// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.isCancelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.LoopingCall.First;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LoopingCall and Cooperator while other threads stop, reset, pause and cancel. The properties of {@link ThreadStressTest} set seed and number of rounds. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class TaskRaceTest {
    private static final Duration TICK = Duration.ofNanos(1);

    /** One thread ticks; two others disturb. */
    private abstract static class Ticking extends RaceRound {
        final VirtualClock clock = new VirtualClock();
        final AtomicInteger inside = new AtomicInteger();

        Ticking(long seed) {
            super(seed);
        }

        @Override
        final void first() {
            for (int i = 0; i < 8; i++) {
                tick();
            }
        }

        void tick() {
            clock.jump(TICK);
        }

        /** In a function that must not be called by two threads at once. */
        final void alone() {
            if (inside.incrementAndGet() != 1) {
                problem("two threads at once");
            }
            inside.decrementAndGet();
        }

        /** What threw, because another thread was first, that it was too late. */
        static boolean wasInTime(Runnable operation) {
            try {
                operation.run();
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }

    private static void race(Function<Long, RaceRound> maker) throws Exception {
        RaceRound.race(3, RaceRound.ROUNDS, maker);
    }

    // ---- LoopingCall

    @Test
    void ofTwoStopsOneIsInTimeAndStartsDeferredFires() throws Exception {
        race(seed -> new Ticking(seed) {
            final LoopingCall loop = new LoopingCall(clock, this::alone);
            final Deferred<LoopingCall> done = loop.start(TICK, First.AFTER_INTERVAL);
            final AtomicInteger inTime = new AtomicInteger();

            @Override
            void second() {
                inTime.addAndGet(wasInTime(loop::stop) ? 1 : 0);
            }

            @Override
            void third() {
                inTime.addAndGet(wasInTime(loop::stop) ? 1 : 0);
            }

            @Override
            void check() {
                assertThat(inTime).hasValue(1);
                assertThat(done.outcome()).contains(new Outcome.Success<>(loop));
                assertThat(clock.delayedCalls()).isEmpty();
            }
        });
    }

    @Test
    void resetsAgainstTicksLeaveOneCallArmed() throws Exception {
        race(seed -> new Ticking(seed) {
            final LoopingCall loop = new LoopingCall(clock, this::alone);
            final Deferred<LoopingCall> done = loop.start(TICK, First.AFTER_INTERVAL);

            @Override
            void second() {
                loop.reset();
            }

            @Override
            void third() {
                loop.reset();
                loop.reset();
            }

            @Override
            void check() {
                assertThat(clock.delayedCalls()).hasSize(1);
                loop.stop();
                assertThat(done.called()).isTrue();
                assertThat(clock.delayedCalls()).isEmpty();
            }
        });
    }

    @Test
    void aCancelAgainstTicksAndAResetEndsTheLoop() throws Exception {
        race(seed -> new Ticking(seed) {
            final LoopingCall loop = new LoopingCall(clock, this::alone);
            final Deferred<LoopingCall> done = loop.start(TICK, First.AFTER_INTERVAL);

            @Override
            void second() {
                done.cancel();
            }

            @Override
            void third() {
                wasInTime(loop::reset);
            }

            @Override
            void check() {
                assertThat(isCancelled(done)).isTrue();
                assertThat(loop.running()).isFalse();
                assertThat(clock.delayedCalls()).isEmpty();
            }
        });
    }

    @Test
    void aCancelReachesTheCallsDeferredWheneverItComes() throws Exception {
        race(seed -> new Ticking(seed) {
            final AtomicInteger reached = new AtomicInteger();
            final AtomicInteger calls = new AtomicInteger();
            final LoopingCall loop = new LoopingCall(clock, () -> {
                calls.incrementAndGet();
                return new Deferred<>(self -> reached.incrementAndGet());
            });
            final Deferred<LoopingCall> done = loop.start(TICK, First.AFTER_INTERVAL);

            @Override
            void second() {
                done.cancel();
            }

            @Override
            void third() {
                wasInTime(loop::stop);
            }

            @Override
            void check() {
                assertThat(reached.get()).isEqualTo(calls.get());
                assertThat(done.called()).isTrue();
                assertThat(clock.delayedCalls()).isEmpty();
            }
        });
    }

    @Test
    void stopAndStartAgainstTheEndOfACallLoseNothing() throws Exception {
        race(seed -> new Ticking(seed) {
            final Deferred<String> pending = new Deferred<>();
            final AtomicInteger calls = new AtomicInteger();
            final LoopingCall loop = new LoopingCall(clock, () -> calls.incrementAndGet() == 1 ? pending : null);
            final Deferred<LoopingCall> first = loop.start(TICK);
            volatile Deferred<LoopingCall> second;

            @Override
            void second() {
                loop.stop();
                second = loop.start(TICK, First.AFTER_INTERVAL);
            }

            @Override
            void third() {
                pending.callback("ended");
            }

            @Override
            void check() {
                assertThat(first.outcome()).contains(new Outcome.Success<>(loop));
                assertThat(second.called()).isFalse();
                assertThat(clock.delayedCalls()).hasSize(1);
                loop.stop();
                assertThat(second.outcome()).contains(new Outcome.Success<>(loop));
                assertThat(clock.delayedCalls()).isEmpty();
            }
        });
    }

    // ---- Cooperator

    /** A task without end, of which a tick makes one step. */
    private abstract static class TaskRace extends Ticking {
        final PumpedScheduler scheduler = new PumpedScheduler();
        final Cooperator cooperator = new Cooperator(scheduler, Duration.ZERO);

        TaskRace(long seed) {
            super(seed);
        }

        @Override
        final void tick() {
            scheduler.pump();
        }

        final Iterator<Object> endless(Supplier<?> step) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Object next() {
                    alone();
                    return step.get();
                }
            };
        }

        final void assertArmed(int calls) {
            assertThat(scheduler.delayedCalls()).hasSize(calls);
        }
    }

    @Test
    void pausesAgainstTicksLeaveTheTaskAbleToGoOn() throws Exception {
        race(seed -> new TaskRace(seed) {
            int steps; // plain: each step sees what the one before it did
            final CooperativeTask<?> task = cooperator.cooperate(endless(() -> ++steps));
            final Deferred<?> done = task.whenDone();

            @Override
            void second() {
                task.pause();
                task.resume();
            }

            @Override
            void third() {
                task.pause();
                task.pause();
                task.resume();
                task.resume();
            }

            @Override
            void check() {
                assertArmed(1);
                int before = steps;
                tick();
                assertThat(steps).isEqualTo(before + 1);
                task.stop();
                assertThat(done.called()).isTrue();
                assertArmed(0);
            }
        });
    }

    @Test
    void aDeferredThatFiresWhileItIsGivenWakesTheTask() throws Exception {
        race(seed -> new TaskRace(seed) {
            final Deferred<String> first = new Deferred<>();
            final Deferred<String> second = new Deferred<>();
            int steps;
            final CooperativeTask<?> task = cooperator.cooperate(endless(() -> {
                steps++;
                return steps == 1 ? first : steps == 2 ? second : "x";
            }));

            @Override
            void second() {
                first.callback("a");
            }

            @Override
            void third() {
                second.callback("b");
                task.pause();
                task.resume();
            }

            @Override
            void check() {
                assertArmed(1);
                tick();
                tick();
                assertThat(steps).isGreaterThanOrEqualTo(2);
                task.stop();
                assertArmed(0);
            }
        });
    }

    @Test
    void aCancelReachesWhatTheTaskWaitsForWheneverItComes() throws Exception {
        race(seed -> new TaskRace(seed) {
            final AtomicInteger given = new AtomicInteger();
            final AtomicInteger reached = new AtomicInteger();
            final Deferred<?> done = cooperator.coiterate(endless(() -> {
                given.incrementAndGet();
                return new Deferred<>(self -> reached.incrementAndGet());
            }));

            @Override
            void second() {
                done.cancel();
            }

            @Override
            void third() {
                done.cancel();
            }

            @Override
            void check() {
                assertThat(isCancelled(done)).isTrue();
                assertThat(reached.get()).isEqualTo(given.get()).isLessThan(2);
                assertArmed(0);
            }
        });
    }

    @Test
    void stoppingTheCooperatorAgainstTicksAndPausesEndsTheTaskOnce() throws Exception {
        race(seed -> new TaskRace(seed) {
            final CooperativeTask<?> task = cooperator.cooperate(endless(() -> "x"));
            final Deferred<?> done = task.whenDone();

            @Override
            void second() {
                cooperator.stop();
            }

            @Override
            void third() {
                if (wasInTime(task::pause)) {
                    task.resume();
                }
            }

            @Override
            void check() {
                assertThat(Ends.failureOf(done)).isInstanceOf(SchedulerStoppedException.class);
                assertArmed(0);
            }
        });
    }

    @Test
    void startingAgainstStoppingLeavesATickWhereOneIsNeeded() throws Exception {
        race(seed -> new TaskRace(seed) {
            final CooperativeTask<?> one = cooperator.cooperate(endless(() -> "x"));
            volatile CooperativeTask<?> another;

            @Override
            void second() {
                cooperator.stop();
                cooperator.start();
            }

            @Override
            void third() {
                another = cooperator.cooperate(endless(() -> "y"));
            }

            @Override
            void check() {
                assertThat(one.whenDone().called()).isTrue();
                boolean goesOn = wasInTime(another::pause);
                assertArmed(0);
                if (goesOn) {
                    another.resume();
                    assertArmed(1);
                }
            }
        });
    }

    @Test
    void ofTwoStopsOfATaskOneIsInTime() throws Exception {
        race(seed -> new TaskRace(seed) {
            final CooperativeTask<?> task = cooperator.cooperate(endless(() -> "x"));
            final Deferred<?> done = task.whenDone();
            final AtomicInteger inTime = new AtomicInteger();

            @Override
            void second() {
                inTime.addAndGet(wasInTime(task::stop) ? 1 : 0);
            }

            @Override
            void third() {
                inTime.addAndGet(wasInTime(task::stop) ? 1 : 0);
            }

            @Override
            void check() {
                assertThat(inTime).hasValue(1);
                assertThat(Ends.failureOf(done)).isInstanceOf(TaskStoppedException.class);
                assertArmed(0);
            }
        });
    }
}
