// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.Steps.saying;
import static io.deferred.Steps.steps;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancel of the Deferred of coiterate stops the task, and reaches what it waits for. */
class CooperatorCancelTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final Cooperator oneStepEach = new Cooperator(scheduler, Duration.ZERO);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void cancellingCoiterateStopsTheTaskAndCancelsWhatItWaitsFor() {
        Deferred<String> gate = new Deferred<>(self -> seen.add("gate cancelled"));
        Deferred<?> done = oneStepEach.coiterate(steps(() -> gate, () -> seen.add("never")));
        scheduler.pump(1);
        assertThat(done.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(failureOf(done)).isInstanceOf(CancelledException.class);
        scheduler.pump(1);
        assertThat(seen).containsExactly("gate cancelled");
        scheduler.assertNothingArmed();
        done.handle(f -> {});
    }

    @Test
    void cancellingCoiterateBetweenStepsTakesTheTickBack() {
        Deferred<?> done = oneStepEach.coiterate(saying(seen, "x", 9));
        scheduler.pump(1);
        done.cancel();
        scheduler.assertNothingArmed();
        assertThat(seen).hasSize(1);
        done.handle(f -> {});
    }

    @Test
    void aCancelInTheMiddleOfAStepReachesTheDeferredThatItGives() {
        List<Deferred<?>> own = new ArrayList<>();
        own.add(oneStepEach.coiterate(steps(() -> {
            own.get(0).cancel();
            return new Deferred<>(self -> seen.add("cancelled"));
        })));
        scheduler.pump(1);
        assertThat(seen).containsExactly("cancelled");
        assertThat(failureOf(own.get(0))).isInstanceOf(CancelledException.class);
        own.get(0).handle(f -> {});
    }

    @Test
    void stoppingATaskDoesNotCancelWhatItWaitsFor() {
        Deferred<String> gate = new Deferred<>(self -> seen.add("gate cancelled"));
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate));
        scheduler.pump(1);
        task.stop();
        assertThat(seen).isEmpty();
        gate.callback("open");
        assertThat(gate.outcome()).contains(new Outcome.Success<>(null));
        scheduler.assertNothingArmed();
    }

    @Test
    void aTimeOutEndsATask() {
        VirtualClock clock = new VirtualClock();
        Deferred<?> done = oneStepEach.coiterate(saying(seen, "x", 9)).addTimeout(Duration.ofSeconds(1), clock);
        scheduler.pump(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(failureOf(done)).isInstanceOf(TimeoutException.class);
        scheduler.assertNothingArmed();
        done.handle(f -> {});
    }

    @Test
    void cancellingWhenDoneLeavesTheTaskAlone() {
        CooperativeTask<?> task = oneStepEach.cooperate(saying(seen, "x", 2));
        Deferred<?> one = task.whenDone();
        Deferred<?> other = task.whenDone();
        one.cancel();
        assertThat(failureOf(one)).isInstanceOf(CancelledException.class);
        scheduler.pump(3);
        assertThat(seen).hasSize(2);
        assertThat(other.called()).isTrue();
        one.handle(f -> {});
    }
}
