// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.Steps.saying;
import static io.deferred.Steps.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Starting and stopping, what a Cooperator is made of, the example of its documentation, and tasks on a pool. */
class CooperatorTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @RegisterExtension
    final Reports reports = new Reports();

    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final Cooperator oneStepEach = new Cooperator(scheduler, Duration.ZERO);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void tasksAreKeptUntilItIsStarted() {
        Cooperator cooperator =
                new Cooperator(scheduler, Cooperator.slices(scheduler, Duration.ZERO), Cooperator.Begin.WHEN_STARTED);
        cooperator.cooperate(saying(seen, "x", 1));
        assertThat(cooperator.running()).isFalse();
        assertThat(cooperator).hasToString("Cooperator[not running, 1 tasks can go on]");
        scheduler.assertNothingArmed();
        cooperator.start();
        assertThat(cooperator.running()).isTrue();
        scheduler.pump(1);
        assertThat(seen).hasSize(1);
    }

    @Test
    void stoppingEndsAllThatCouldGoOnAlsoTheOneThatIsStepping() {
        List<Deferred<?>> ends = new ArrayList<>();
        ends.add(oneStepEach.coiterate(steps(() -> {
            oneStepEach.stop();
            return "x";
        })));
        ends.add(oneStepEach.coiterate(saying(seen, "x", 9)));
        scheduler.pump(1);
        for (Deferred<?> end : ends) {
            assertThat(failureOf(end)).isInstanceOf(SchedulerStoppedException.class);
            end.handle(f -> {});
        }
        assertThat(seen).isEmpty();
        scheduler.assertNothingArmed();
        Deferred<?> late = oneStepEach.coiterate(saying(seen, "x", 9));
        assertThat(failureOf(late)).isInstanceOf(SchedulerStoppedException.class);
        late.handle(f -> {});
    }

    @Test
    void whatIsPausedWhenItIsStoppedGoesOnIfItIsStartedAgain() {
        CooperativeTask<?> ends = oneStepEach.cooperate(saying(seen, "a", 9));
        CooperativeTask<?> goesOn = oneStepEach.cooperate(saying(seen, "b", 9));
        ends.pause();
        goesOn.pause();
        oneStepEach.stop();
        ends.resume();
        oneStepEach.start();
        goesOn.resume();
        scheduler.pump(1);
        assertThat(seen).containsExactly("b");
        assertThatExceptionOfType(SchedulerStoppedException.class).isThrownBy(ends::pause);
    }

    @Test
    void showsHowManyTasksCanGoOnAlsoInTheMiddleOfAStep() {
        oneStepEach.coiterate(saying(seen, "a", 1));
        oneStepEach.coiterate(steps(() -> seen.add(oneStepEach.toString())));
        scheduler.pump(2);
        assertThat(seen).last().asString().contains("2 tasks can go on");
        oneStepEach.stop();
    }

    @Test
    void nothingIsMadeWithoutItsParts() {
        assertThatNullPointerException().isThrownBy(() -> new Cooperator(null));
        assertThatNullPointerException().isThrownBy(() -> new Cooperator(scheduler, (Duration) null));
        assertThatNullPointerException().isThrownBy(() -> oneStepEach.cooperate(null));
        assertThatNullPointerException().isThrownBy(() -> oneStepEach.coiterate(steps(), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cooperator(scheduler, Duration.ofNanos(-1)));
        scheduler.assertNothingArmed();
    }

    @Test
    void fetchesOneAfterTheOther() {
        VirtualClock clock = new VirtualClock();
        Cooperator cooperator = new Cooperator(clock);
        List<String> urls = List.of("a", "b");
        Function<String, Deferred<?>> fetch =
                url -> Deferred.deferLater(clock, Duration.ofSeconds(1), () -> seen.add(url));
        cooperator.coiterate(urls.stream().map(fetch).iterator()).consume(all -> seen.add("all fetched"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("a");
        clock.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("a", "b", "all fetched");
    }

    @Test
    void aPoolMakesOneStepAtATime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try (SystemScheduler real = Scheduler.system(pool)) {
            Cooperator cooperator = new Cooperator(real, Duration.ZERO);
            int[] steps = new int[1]; // plain: each step sees what the one before it did
            List<Deferred<Iterator<Object>>> ends = new ArrayList<>();
            for (int task = 0; task < 10; task++) {
                ends.add(cooperator.coiterate(IntStream.range(0, 500)
                        .<Object>mapToObj(
                                i -> Deferred.deferLater(real, Duration.ZERO).addCallback(x -> i))
                        .peek(d -> steps[0]++)
                        .iterator()));
            }
            Deferred.gatherResults(ends).get(LIMIT);
            assertThat(steps[0]).isEqualTo(5000);
        } finally {
            pool.shutdownNow();
        }
    }
}
