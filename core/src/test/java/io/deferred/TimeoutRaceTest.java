// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Time-outs of a system scheduler against whatever beats, moves or cancels them, at the same time; the scheduler's executor is one of the threads of the race. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class TimeoutRaceTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final BlockingQueue<Runnable> executor = new LinkedBlockingQueue<>();

    /** The call of the time-out that has just been added: of all rounds' calls, those that the executor has among them, it is the last. */
    private static DelayedCall newest(SystemScheduler scheduler) {
        List<DelayedCall> calls = scheduler.delayedCalls();
        return calls.get(calls.size() - 1);
    }

    /** Makes a call due, and returns what the executor is given. */
    private Runnable handedOver(DelayedCall call) {
        call.reset(Duration.ZERO);
        try {
            Runnable due = executor.take();
            assertThat(due).isSameAs(call);
            return due;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A Deferred whose time-out the executor has, and which has something to do that the time-out is not for. */
    private abstract class Limited extends RaceRound {
        final SystemScheduler scheduler;
        final AtomicInteger hits = new AtomicInteger();
        final Deferred<Integer> later = new Deferred<>(self -> hits.incrementAndGet());
        final Deferred<Integer> d = new Deferred<>();
        final Deferred<Integer> end;
        final DelayedCall call;
        final Runnable due;

        Limited(long seed, SystemScheduler scheduler) {
            super(seed);
            this.scheduler = scheduler;
            end = before(d)
                    .addTimeout(HOUR, scheduler)
                    .addErrback(TimeoutException.class, e -> -1)
                    .chainCallback(v -> v < 0 ? Deferred.succeed(v) : later);
            call = newest(scheduler);
            due = handedOver(call);
        }

        /** What comes before the stage of the time-out. */
        Deferred<Integer> before(Deferred<Integer> d) {
            return d;
        }

        /** Either the time-out has struck, or the Deferred waits for what comes after it. */
        final boolean checkedStruck() {
            assertThat(hits).as("the cancels that came too far").hasValue(0);
            boolean struck = end.outcome().isPresent();
            if (struck) {
                assertThat(end.outcome()).contains(new Outcome.Success<>(-1));
            } else {
                assertThat(end.waitingFor()).contains(later);
            }
            return struck;
        }
    }

    @Test
    void theTimerAgainstAValue() throws Exception {
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            race(2, ROUNDS, seed -> new Limited(seed, scheduler) {
                @Override
                void first() {
                    due.run();
                }

                @Override
                void second() {
                    d.callback(1); // or it is the one late result
                }

                @Override
                void check() {
                    checkedStruck();
                    assertThat(call.active()).isFalse();
                    assertThat(scheduler.delayedCalls()).doesNotContain(call);
                }
            });
        }
    }

    /** The cancel is left with a run, taken back by the stage, or under way when the stage comes by. */
    @Test
    void theTimerAgainstARunBeforeItsStage() throws Exception {
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            race(2, ROUNDS, seed -> new Limited(seed, scheduler) {
                @Override
                Deferred<Integer> before(Deferred<Integer> d) {
                    return d.tap(v -> spin(random.nextInt(50)))
                            .chainCallback(v -> Deferred.succeed(v))
                            .tap(v -> spin(random.nextInt(50)));
                }

                @Override
                void first() {
                    due.run();
                }

                @Override
                void second() {
                    d.callback(1);
                }

                @Override
                void check() {
                    checkedStruck();
                    assertThat(call.active()).isFalse();
                }
            });
        }
    }

    @Test
    void theTimerAgainstAValueAndACancelOfItsCall() throws Exception {
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            race(3, ROUNDS, seed -> new Limited(seed, scheduler) {
                boolean disarmed;

                @Override
                void first() {
                    due.run();
                }

                @Override
                void second() {
                    d.callback(1);
                }

                @Override
                void third() {
                    disarmed = call.tryCancel();
                }

                @Override
                void check() {
                    boolean struck = checkedStruck();
                    assertThat(struck && disarmed)
                            .as("struck although it was disarmed")
                            .isFalse();
                    assertThat(call.active()).isFalse();
                }
            });
        }
    }

    @Test
    void theTimerAgainstACancelByAUser() throws Exception {
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            race(2, ROUNDS, seed -> new RaceRound(seed) {
                final Deferred<Integer> d = new Deferred<Integer>().addTimeout(HOUR, scheduler);
                final DelayedCall call = newest(scheduler);
                final Runnable due = handedOver(call);

                @Override
                void first() {
                    due.run();
                }

                @Override
                void second() {
                    d.cancel();
                }

                @Override
                void check() {
                    assertThat(failureOf(d)).isInstanceOfAny(TimeoutException.class, CancelledException.class);
                    assertThat(call.active()).isFalse();
                }
            });
        }
    }

    /** Whatever the moves, the call is made once in the end. */
    @Test
    void movesAgainstTheExecutor() throws Exception {
        try (SystemScheduler scheduler = Scheduler.system(executor::add)) {
            race(3, ROUNDS, seed -> new RaceRound(seed) {
                final AtomicInteger made = new AtomicInteger();
                final DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
                final Runnable due = handedOver(call);
                boolean moved;
                boolean movedFurther;

                private boolean movedTo(Duration fromNow) {
                    try {
                        call.reset(fromNow);
                        return true;
                    } catch (DelayedCallCalledException e) {
                        return false;
                    }
                }

                @Override
                void first() {
                    due.run();
                }

                @Override
                void second() {
                    moved = movedTo(HOUR);
                }

                @Override
                void third() {
                    movedFurther = movedTo(HOUR.multipliedBy(2));
                }

                @Override
                void check() {
                    boolean early = moved || movedFurther;
                    assertThat(made).hasValue(early ? 0 : 1);
                    assertThat(call.active()).isEqualTo(early);
                    if (early) {
                        handedOver(call).run();
                        assertThat(made).hasValue(1);
                    }
                }
            });
        }
    }
}
