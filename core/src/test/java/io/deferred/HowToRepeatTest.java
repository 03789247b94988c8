// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to/repeat-and-try-again.md. */
class HowToRepeatTest {
    private final VirtualClock scheduler = new VirtualClock();
    private final List<String> printed = new ArrayList<>();
    private final List<Deferred<String>> fetches = new ArrayList<>();
    private int pagesLeft = 3;

    private void print(String line) {
        printed.add(line);
    }

    private Deferred<String> fetch(String address) {
        fetches.add(new Deferred<String>().named(address));
        return fetches.get(fetches.size() - 1);
    }

    private Deferred<Boolean> readPage() {
        return Deferred.succeed(--pagesLeft > 0);
    }

    @Test
    void aLoopingCallComesBackAtAnInterval() {
        // #region looping
        LoopingCall progress = new LoopingCall(scheduler, () -> print("still at it"));
        Deferred<LoopingCall> ended = progress.start(Duration.ofSeconds(1));
        // #endregion
        scheduler.advance(Duration.ofMillis(2500));
        assertThat(printed).hasSize(3);
        // #region stopping
        progress.stop();
        // #endregion
        assertThat(ended.outcome()).contains(new Outcome.Success<>(progress));
        assertThat(scheduler.delayedCalls()).isEmpty();
    }

    @Test
    void aCountTellsWhatWasMissed() {
        // #region counting
        LoopingCall meter = LoopingCall.withCount(scheduler, count -> {
            print(count + " seconds have passed");
            return null;
        });
        meter.start(Duration.ofSeconds(1), LoopingCall.First.AFTER_INTERVAL);
        // #endregion
        scheduler.advance(Duration.ofSeconds(1));
        scheduler.jump(Duration.ofSeconds(5));
        assertThat(printed).containsExactly("1 seconds have passed", "5 seconds have passed");
    }

    @Test
    void aLoopGoesOnUntilAStepSaysStop() {
        // #region loop
        int[] pages = new int[1];
        Deferred<Integer> read = Deferred.loop(() -> readPage().addCallback(isMore -> {
            pages[0]++;
            return isMore ? Turn.again() : Turn.stop(pages[0]);
        }));
        // #endregion
        assertThat(read.outcome()).contains(new Outcome.Success<>(3));
    }

    @Test
    void aFailureIsTriedAgain() {
        // #region retry
        Retry retry = Retry.upTo(5)
                .backoff(Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(10))
                        .jittered(0.2))
                .deadline(Duration.ofSeconds(30))
                .on(IOException.class)
                .tapRetry(attempt -> print("attempt " + attempt.number() + " failed: " + attempt.failure()));
        Deferred<String> page = retry.run(scheduler, () -> fetch("/a"));
        // #endregion
        fetches.get(0).errback(new IOException("connection reset"));
        scheduler.advance(Duration.ofMillis(120));
        fetches.get(1).callback("the page");
        assertThat(page.outcome()).contains(new Outcome.Success<>("the page"));
        assertThat(printed).hasSize(1);
        assertThat(printed.get(0)).startsWith("attempt 1 failed").contains("connection reset");
    }

    @Test
    void manyIteratorsShareAThread() {
        Iterator<Integer> lines = IntStream.range(0, 1000).iterator();
        Iterator<Integer> numbers = new Random(1).ints(500).iterator();
        // #region cooperator
        Cooperator cooperator = new Cooperator(scheduler);
        CooperativeTask<?> index = cooperator.cooperate(lines); // each element is a step; a Deferred is waited for
        CooperativeTask<?> sums = cooperator.cooperate(numbers);
        index.pause();
        // #endregion
        scheduler.advance(Duration.ZERO);
        assertThat(numbers.hasNext()).isFalse();
        assertThat(sums.whenDone().called()).isTrue();
        assertThat(lines.hasNext()).isTrue();
    }
}
