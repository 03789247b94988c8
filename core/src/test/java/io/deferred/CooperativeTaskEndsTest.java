// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.Steps.steps;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a task comes to its end, and who is told of it. */
class CooperativeTaskEndsTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final Cooperator oneStepEach = new Cooperator(scheduler, Duration.ZERO);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void theIteratorItselfIsTheResult() {
        Iterator<Object> iterator = steps();
        CooperativeTask<Iterator<Object>> task = oneStepEach.cooperate(iterator);
        Deferred<Iterator<Object>> before = task.whenDone();
        scheduler.pump(1);
        assertThat(before.outcome()).contains(new Outcome.Success<>(iterator));
        assertThat(task.whenDone().outcome()).contains(new Outcome.Success<>(iterator));
    }

    @Test
    void whateverTheIteratorThrowsEndsTheTask() {
        Error error = new AssertionError("broken");
        Deferred<?> next = oneStepEach.coiterate(steps(() -> {
            throw error;
        }));
        Deferred<?> hasNext = oneStepEach.coiterate(new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw error;
            }

            @Override
            public Object next() {
                return seen.add("never");
            }
        });
        scheduler.pump(2);
        assertThat(failureOf(next)).isSameAs(error);
        assertThat(failureOf(hasNext)).isSameAs(error);
        assertThat(seen).isEmpty();
        next.handle(f -> {});
        hasNext.handle(f -> {});
    }

    @Test
    void theFailureOfWhatATaskWaitsForEndsItEvenIfItIsPaused() {
        Deferred<String> gate = new Deferred<>();
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate));
        Deferred<?> done = task.whenDone();
        scheduler.pump(1);
        task.pause();
        gate.errback(new IOException("net"));
        assertThat(failureOf(done)).hasMessage("net");
        done.handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aFailureThatComesWhenTheTaskHasEndedStaysWhereItIs() {
        Deferred<String> gate = new Deferred<>();
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate));
        scheduler.pump(1);
        task.stop();
        gate.errback(new IOException("net"));
        assertThat(failureOf(gate)).hasMessage("net");
        assertThat(reports.now()).hasSize(1);
    }

    @Test
    void aTaskThatIsEndedInTheMiddleOfAStepAndThrowsIsReported() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        own.add(oneStepEach.cooperate(steps(() -> {
            own.get(0).stop();
            throw new IOException("disk");
        })));
        Deferred<?> done = own.get(0).whenDone();
        scheduler.pump(1);
        assertThat(failureOf(done)).isInstanceOf(TaskStoppedException.class);
        done.handle(f -> {});
        assertThat(reports.now()).hasSize(1);
        assertThat(reports.now().get(0).failure().exception()).hasMessage("disk");
    }

    @Test
    void anEndThatIsToldInTimeIsNotLate() {
        Deferred<?> done = oneStepEach.cooperate(steps()).whenDone().onLateResult(seen::add);
        scheduler.pump(1);
        assertThat(done.called()).isTrue();
        assertThat(seen).isEmpty();
    }

    @Test
    void aTaskThatIsResumedWhenItHasEndedTellsNobodyTwice() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        CooperativeTask<Iterator<Object>> task = oneStepEach.cooperate(new Iterator<>() {
            @Override
            public boolean hasNext() {
                own.get(0).pause();
                return false;
            }

            @Override
            public Object next() {
                return seen.add("never");
            }
        });
        own.add(task);
        Deferred<?> done = task.whenDone().onLateResult(seen::add);
        scheduler.pump(1);
        assertThat(done.called()).isTrue();
        task.resume();
        assertThat(seen).isEmpty();
    }

    @Test
    void whoFiresOneThatTellsOfTheEndGetsItLate() {
        Iterator<Object> iterator = steps();
        CooperativeTask<Iterator<Object>> task = oneStepEach.cooperate(iterator);
        Deferred<Iterator<Object>> done = task.whenDone().onLateResult(seen::add);
        done.callback(steps());
        scheduler.pump(1);
        assertThat(seen).containsExactly(iterator);
    }

    @Test
    void aDeferredThatExistsAlreadyMayBeFired() {
        Deferred<Object> mine = new Deferred<>();
        Iterator<Object> iterator = steps();
        oneStepEach.coiterate(iterator, mine);
        scheduler.pump(1);
        assertThat(mine.outcome()).contains(new Outcome.Success<>(iterator));
    }
}
