// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.Steps.saying;
import static io.deferred.Steps.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CooperativeTaskPauseTest {
    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final Cooperator oneStepEach = new Cooperator(scheduler, Duration.ZERO);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void pausesAndWaitingAreCountedApart() {
        Deferred<String> gate = new Deferred<>();
        CooperativeTask<?> task = oneStepEach.cooperate(steps(() -> gate, () -> seen.add("on")));
        scheduler.pump(1);
        assertThatExceptionOfType(NotPausedException.class).isThrownBy(task::resume);
        task.pause();
        gate.callback("open");
        scheduler.pump(1);
        assertThat(seen).isEmpty();
        task.resume();
        scheduler.pump(1);
        assertThat(seen).containsExactly("on");
    }

    @Test
    void aStepMayPauseItsOwnTask() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        own.add(oneStepEach.cooperate(steps(
                () -> {
                    own.get(0).pause();
                    return "x";
                },
                () -> seen.add("on"))));
        scheduler.pump(2);
        assertThat(seen).isEmpty();
        scheduler.assertNothingArmed();
        own.get(0).resume();
        scheduler.pump(1);
        assertThat(seen).containsExactly("on");
    }

    @Test
    void aStepMayPauseAndResumeItsOwnTask() {
        List<CooperativeTask<?>> own = new ArrayList<>();
        own.add(oneStepEach.cooperate(steps(
                () -> {
                    own.get(0).pause();
                    own.get(0).resume();
                    return "x";
                },
                () -> seen.add("on"))));
        scheduler.pump(2);
        assertThat(seen).containsExactly("on");
    }

    @Test
    void whatHasEndedRefusesToBePausedOrStopped() {
        CooperativeTask<?> done = oneStepEach.cooperate(steps());
        CooperativeTask<?> failed = oneStepEach.cooperate(steps(() -> {
            throw new IOException("disk");
        }));
        CooperativeTask<?> stopped = oneStepEach.cooperate(steps());
        stopped.stop();
        scheduler.pump(3);
        assertThatExceptionOfType(TaskDoneException.class).isThrownBy(done::pause);
        assertThatExceptionOfType(TaskStoppedException.class).isThrownBy(stopped::stop);
        assertThatExceptionOfType(TaskFailedException.class)
                .isThrownBy(failed::stop)
                .withMessageContaining("disk")
                .withCauseInstanceOf(IOException.class)
                .isInstanceOf(TaskFinishedException.class);
        assertThatExceptionOfType(NotPausedException.class)
                .isThrownBy(done::resume)
                .isInstanceOf(SchedulerException.class);
    }

    @Test
    void pausingTheOnlyTaskTakesTheTickBack() {
        CooperativeTask<?> task = oneStepEach.cooperate(saying(seen, "x", 1));
        task.pause();
        scheduler.assertNothingArmed();
    }

    @Test
    void aTaskThatIsResumedWhenItIsStoppedTellsOfItsEnd() {
        CooperativeTask<?> task = oneStepEach.cooperate(saying(seen, "x", 1));
        Deferred<?> done = task.whenDone();
        task.pause();
        oneStepEach.stop();
        assertThat(done.called()).isFalse();
        task.resume();
        assertThat(failureOf(done)).isInstanceOf(SchedulerStoppedException.class);
        done.handle(f -> {});
    }

    @Test
    void showsHowItStands() {
        Iterator<Object> iterator = Arrays.<Object>asList(new Deferred<>()).iterator();
        CooperativeTask<?> task = oneStepEach.cooperate(iterator);
        String shown = ", " + iterator + "]";
        assertThat(task).hasToString("CooperativeTask[can go on" + shown);
        task.pause();
        assertThat(task).hasToString("CooperativeTask[paused" + shown);
        task.resume();
        scheduler.pump(1);
        assertThat(task).hasToString("CooperativeTask[waiting" + shown);
        task.stop();
        assertThat(task).hasToString("CooperativeTask[ended" + shown);
    }
}
