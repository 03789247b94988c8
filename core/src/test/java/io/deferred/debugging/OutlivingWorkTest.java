// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.OnCancel;
import io.deferred.OutlivingWork;
import io.deferred.Scheduler;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Work that goes on although it was cancelled. */
class OutlivingWorkTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @RegisterExtension
    final DebugMode debug = new DebugMode();

    private final VirtualClock clock = new VirtualClock();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch wanted = new CountDownLatch(1);

    @BeforeEach
    void measureOnTheVirtualClock() {
        Debugging.measureBy(clock);
    }

    @AfterEach
    void letItEnd() {
        wanted.countDown();
        Debugging.measureBy(null);
    }

    private volatile Thread worker;
    private volatile String nameBefore = "";

    private String work() {
        begun.countDown();
        boolean interrupted = false;
        while (wanted.getCount() > 0) {
            try {
                wanted.await();
            } catch (InterruptedException e) {
                interrupted = true; // that is what it does wrong
            }
        }
        return "done " + interrupted;
    }

    /** Other tests may have left some. */
    private static List<OutlivingWork> atWork(Duration limit) {
        return OutlivingWork.longerThan(limit).stream()
                .filter(work -> work.thread().getName().equals("at work"))
                .toList();
    }

    private void assertListed(Deferred<String> d, String what, String made) throws InterruptedException {
        begun.await();
        assertThat(atWork(Duration.ZERO)).as("not cancelled yet").isEmpty();
        String cancelled = line(1);
        d.cancel();
        clock.advance(LIMIT.minusNanos(1));
        assertThat(atWork(LIMIT)).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(atWork(LIMIT)).singleElement().satisfies(work -> {
            assertThat(work.what()).startsWith("the " + what + " of Deferred@").endsWith(made);
            assertThat(work.cancelled()).contains(cancelled);
            assertThat(work.since()).isEqualTo(LIMIT);
            assertThat(work.stack()).anyMatch(f -> f.getMethodName().equals("work"));
            assertThat(work.text())
                    .startsWith("Still at work PT10S after its cancel: the " + what)
                    .contains("; it runs on thread at work", "\tat ");
        });
    }

    @Test
    void aFunctionOfDeferToThreadIsListedUntilItEnds() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Deferred<String> d = Deferred.<String>deferToThread(
                        task -> new Thread(
                                        () -> {
                                            task.run();
                                            ended.countDown();
                                        },
                                        "at work")
                                .start(),
                        this::work)
                .named("report");
        assertListed(d, "function of deferToThread", made(Debugging.story(d)));
        wanted.countDown();
        ended.await();
        assertThat(atWork(Duration.ZERO)).isEmpty();
        d.handle(f -> {});
    }

    private static String made(String story) {
        return story.lines()
                .filter(l -> l.startsWith("    made at "))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    private String workUnderItsName() {
        worker = Thread.currentThread();
        nameBefore = worker.getName();
        worker.setName("at work");
        return work();
    }

    /** A thread of a pool goes back with the name that it had, but not before it was looked for. */
    @AfterEach
    void giveTheNameBack() {
        Thread named = worker;
        if (named != null) {
            named.setName(nameBefore);
        }
    }

    @Test
    void aBodyOfAsyncIsListedUntilItEnds() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Deferred<String> d = Deferred.async(this::workUnderItsName);
        d.tapBoth(o -> ended.countDown());
        assertListed(d, "body of async", made(Debugging.story(d)));
        wanted.countDown();
        ended.await();
        assertThat(atWork(Duration.ZERO)).isEmpty();
    }

    @Test
    void aClockThatFailsDoesNotCostTheInterrupt() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Deferred<String> d = Deferred.deferToThread(task -> new Thread(task).start(), OnCancel.INTERRUPT, () -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "done";
        });
        begun.await();
        Debugging.measureBy(new BrokenClock());
        d.cancel();
        interrupted.await();
        assertThat(d.called()).isTrue();
        d.handle(f -> {});
    }

    private record BrokenClock() implements Scheduler {
        @Override
        public Duration now() {
            throw new IllegalStateException("no time");
        }

        @Override
        public DelayedCall callLater(Duration delay, Runnable action) {
            throw new IllegalStateException("no time");
        }

        @Override
        public List<DelayedCall> delayedCalls() {
            return List.of();
        }
    }

    @Test
    void workOfDeferredsWithoutAStoryIsNotListed() throws InterruptedException {
        Debugging.off();
        Deferred<String> d = Deferred.async(this::workUnderItsName);
        begun.await();
        d.cancel();
        assertThat(atWork(Duration.ZERO)).isEmpty();
        d.handle(f -> {});
    }
}
