// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(2);
    private final List<Deferred<String>> started = new ArrayList<>();

    private Deferred<String> runOne() {
        return limit.run(() -> {
            Deferred<String> task = new Deferred<>();
            started.add(task);
            return task;
        });
    }

    @Test
    void asManyRunAsMayAndTheOthersFollowAsThoseEnd() {
        Deferred<String> first = runOne();
        runOne();
        runOne();
        assertThat(started).hasSize(2);

        started.get(0).callback("done");

        assertThat(started).hasSize(3);
        assertThat(first.outcome()).hasValue(new Outcome.Success<>("done"));
    }

    @Test
    void aTaskThatFailsOrThrowsMakesRoomToo() {
        runOne().handle(failure -> {});
        limit.run(() -> {
                    throw new IllegalStateException("no task at all");
                })
                .handle(failure -> {});
        runOne();
        runOne();
        assertThat(started).hasSize(2);

        started.get(0).errback(new IllegalStateException("failed"));

        assertThat(started).hasSize(3);
    }

    @Test
    void aTaskCancelledBeforeItsTurnIsNeverStarted() {
        runOne();
        runOne();
        Deferred<String> waiting = runOne();
        runOne();

        waiting.cancel();
        assertThat(waiting.outcome())
                .hasValueSatisfying(o -> assertThatThrownBy(o::unwrap).isInstanceOf(CancelledException.class));
        waiting.handle(cancelled -> {});
        started.get(0).callback("done");

        assertThat(started).hasSize(3);
        started.get(1).callback("done");
        started.get(2).callback("done");
        runOne();
        runOne();
        assertThat(started).as("no permit was lost").hasSize(5);
    }

    @Test
    void cancellingARunningTaskCancelsIt() {
        Deferred<String> running = runOne();

        running.cancel();

        assertThat(started.get(0).called()).isTrue();
        running.handle(cancelled -> {});
    }

    @Test
    void aLongRowOfTasksThatEndAtOnceDoesNotDeepenTheStack() {
        AtomicInteger ran = new AtomicInteger();
        runNext(ran, 200_000);

        assertThat(ran).hasValue(200_000);
    }

    /** Each task asks for the next one before it ends, as a page does for the pages that it links to. */
    private void runNext(AtomicInteger ran, int most) {
        limit.run(() -> {
            if (ran.incrementAndGet() < most) {
                runNext(ran, most);
            }
            return Deferred.succeed("");
        });
    }

    @Test
    void manyThreadsDoNotExceedIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            threads.execute(() -> limit.run(() -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Deferred<String> task = new Deferred<>();
                        threads.execute(() -> {
                            running.decrementAndGet();
                            task.callback("");
                        });
                        return task;
                    })
                    .consume(result -> done.countDown()));
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 2);
        threads.shutdown();
    }

    @Test
    void thereIsNoLimitBelowOne() {
        assertThatThrownBy(() -> new ConcurrencyLimit(0)).hasMessageContaining("not 0");
    }
}
