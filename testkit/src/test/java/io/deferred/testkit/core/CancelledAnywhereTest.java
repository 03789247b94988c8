// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.core;

import static io.deferred.testkit.DeferredTesting.cancelEverywhere;
import static io.deferred.testkit.DeferredTesting.exactlyOnce;
import static io.deferred.testkit.DeferredTesting.newExecutor;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Backoff;
import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredQueue;
import io.deferred.DeferredSemaphore;
import io.deferred.LoopingCall;
import io.deferred.Parallel;
import io.deferred.Retry;
import io.deferred.Turn;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever the library puts together out of smaller parts leaves nothing behind, wherever it is cancelled. */
@ExtendWith(DeferredExtension.class)
class CancelledAnywhereTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Deferred<Integer> later(VirtualClock clock, int value) {
        return Deferred.deferLater(clock, SECOND, () -> value);
    }

    private static Deferred<Integer> failing(VirtualClock clock) {
        return Deferred.deferLater(clock, SECOND).addCallback(v -> {
            throw new IOException("refused");
        });
    }

    @Test
    void aChain(VirtualClock clock) throws Exception {
        assertThat(cancelEverywhere(() -> later(clock, 1)
                        .chainCallback(v -> later(clock, v + 1))
                        .chainCallback(v -> later(clock, v + 1))))
                .isEqualTo(3);
    }

    @Test
    void aWaitInLine(VirtualClock clock) throws Exception {
        DeferredLock lock = new DeferredLock();
        int points = cancelEverywhere(() -> {
            Deferred<Integer> first = lock.run(() -> later(clock, 1));
            Deferred<Integer> second = lock.run(() -> later(clock, 2));
            return Deferred.gatherResults(first, second);
        });
        assertThat(points).isEqualTo(2);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void manyAtATime(VirtualClock clock) throws Exception {
        int points = cancelEverywhere(() -> {
            Runnable end = exactlyOnce("the end");
            return Parallel.map(List.of(1, 2, 3, 4, 5), 2, n -> later(clock, n)).tapBoth(outcome -> end.run());
        });
        assertThat(points).isEqualTo(5);
    }

    @Test
    void manyOfWhichOneFails(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> Parallel.map(List.of(1, 2, 3), 2, n -> n == 2 ? failing(clock) : later(clock, n))
                .addErrback(f -> List.of()));
    }

    @Test
    void aRace(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> Deferred.race(
                List.of(later(clock, 1).chainCallback(v -> later(clock, v)), failing(clock), later(clock, 3))));
    }

    @Test
    void tryingAgain(VirtualClock clock) throws Exception {
        int points = cancelEverywhere(() -> Retry.upTo(3)
                .backoff(Backoff.fixed(SECOND))
                .run(clock, () -> failing(clock))
                .addErrback(f -> 0));
        assertThat(points).isEqualTo(5);
    }

    @Test
    void aDeadline(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> Deferred.<Integer>loop(() -> later(clock, 1).addCallback(v -> Turn.again()))
                .addTimeout(SECOND.multipliedBy(4), clock)
                .addErrback(f -> -1));
    }

    @Test
    void repeating(VirtualClock clock) throws Exception {
        cancelEverywhere(() -> {
            int[] turns = new int[1];
            LoopingCall call = new LoopingCall(clock, () -> {
                if (++turns[0] == 3) {
                    throw new IllegalStateException("enough");
                }
            });
            return call.start(SECOND).addErrback(f -> null);
        });
    }

    @Test
    void threadsAndBack(VirtualClock clock, Executor executor) throws Exception {
        Executor home = newExecutor();
        int points = cancelEverywhere(() -> Deferred.deferToThread(executor, () -> 1)
                .continueOn(home)
                .addCallback(v -> v + 1)
                .chainCallback(v -> Deferred.deferToThread(executor, () -> v + 1)));
        assertThat(points).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aBodyInABody(VirtualClock clock) throws Exception {
        int points = cancelEverywhere(() -> {
            Runnable inner = exactlyOnce("the inner body's finally");
            Runnable outer = exactlyOnce("the outer body's finally");
            return Deferred.async(() -> {
                try {
                    int first = Deferred.async(() -> {
                                try {
                                    return later(clock, 1).await();
                                } finally {
                                    inner.run();
                                }
                            })
                            .await();
                    return first + later(clock, 2).await();
                } finally {
                    outer.run();
                }
            });
        });
        assertThat(points).isEqualTo(2);
    }

    @Test
    void aQueueAndASemaphore(VirtualClock clock) throws Exception {
        DeferredSemaphore semaphore = new DeferredSemaphore(1);
        cancelEverywhere(() -> {
            DeferredQueue<Integer> queue = new DeferredQueue<>();
            Deferred<Integer> consumer = semaphore.run(() -> queue.get());
            Deferred<?> producer = later(clock, 5).tap(queue::put);
            Deferred<Integer> second = semaphore.run(() -> later(clock, 2));
            return Deferred.gatherResults(List.of(consumer, producer.addCallback(v -> 0), second))
                    .addTimeout(MINUTE, clock);
        });
        assertThat(semaphore.acquire().outcome()).isPresent();
        semaphore.release();
    }
}
