// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLimitTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final VirtualClock clock = new VirtualClock();
    private final List<String> told = new ArrayList<>();
    private final LogLimit limit = new LogLimit("things", 2, PERIOD, told::add);

    private List<Boolean> ask(int times) {
        List<Boolean> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(limit.permits(clock));
        }
        return answers;
    }

    @Test
    void soManyArePermittedInAPeriodThatBeginsWithTheFirst() {
        clock.advance(Duration.ofSeconds(7));
        assertThat(ask(2)).containsExactly(true, true);
        clock.advance(PERIOD.minusNanos(1));
        assertThat(ask(2)).containsExactly(false, false);
        clock.advance(Duration.ofNanos(1));
        assertThat(told).containsExactly(limit.text(2));
        assertThat(ask(3)).containsExactly(true, true, false);
    }

    @Test
    void whereNoneWasLeftOutNothingIsSaid() {
        ask(2);
        clock.advance(PERIOD);
        assertThat(told).isEmpty();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void whatIsTakenIsNotToldAgain() {
        ask(5);
        assertThat(limit.takeLeftOut()).contains(limit.text(3));
        clock.advance(PERIOD);
        assertThat(told).isEmpty();
    }

    @Test
    void whereTimeCannotBeMeasuredThereIsNoLimit() {
        Scheduler refusing = new RefusingScheduler(clock, () -> true);
        for (int i = 0; i < 5; i++) {
            assertThat(limit.permits(refusing)).isTrue();
        }
        assertThat(ask(3)).containsExactly(true, true, false);
    }

    @Test
    void anEndThatNeverComesIsMadeUpForByTheNextMessage() {
        Scheduler closed = new ClosedFromNowOn(clock);
        for (int i = 0; i < 3; i++) {
            limit.permits(closed);
        }
        clock.advance(PERIOD);
        assertThat(told).isEmpty();
        assertThat(limit.permits(closed)).isTrue();
        assertThat(told).containsExactly(limit.text(1));
    }

    @Test
    void anotherSchedulerBeginsAnotherPeriodAndTheEndOfTheFirstDoesNothingToIt() {
        VirtualClock other = new VirtualClock();
        assertThat(ask(3)).containsExactly(true, true, false);
        assertThat(limit.permits(other)).isTrue();
        assertThat(told).containsExactly(limit.text(1));
        clock.advance(PERIOD);
        assertThat(limit.permits(other)).isTrue();
        assertThat(limit.permits(other)).as("the second period goes on").isFalse();
    }

    /** Takes calls, and never makes them. */
    private record ClosedFromNowOn(VirtualClock clock) implements Scheduler {
        @Override
        public Duration now() {
            return clock.now();
        }

        @Override
        public DelayedCall callLater(Duration delay, Runnable action) {
            return new VirtualClock().callLater(delay, action);
        }

        @Override
        public List<DelayedCall> delayedCalls() {
            return List.of();
        }
    }
}
