// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static io.deferred.Steps.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A rule that throws, and a scheduler that refuses or that other threads disturb. */
class CooperatorFailuresTest {
    private final PumpedScheduler scheduler = new PumpedScheduler();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void aRuleThatThrowsEndsTheTasksAndNothingElse() {
        List<BooleanSupplier> rules = new ArrayList<>();
        rules.add(() -> {
            throw new ArithmeticException("rule");
        });
        rules.add(null);
        rules.add(() -> true);
        Cooperator cooperator = new Cooperator(scheduler, () -> rules.remove(0));
        Deferred<?> first = cooperator.coiterate(saying(seen, "a", 9));
        Deferred<?> second = cooperator.coiterate(saying(seen, "b", 9));
        scheduler.pump(1);
        assertThat(failureOf(first)).hasMessage("rule");
        assertThat(failureOf(second)).hasMessage("rule");
        Deferred<?> third = cooperator.coiterate(saying(seen, "c", 9));
        scheduler.pump(1);
        assertThat(failureOf(third)).isInstanceOf(NullPointerException.class);
        cooperator.coiterate(saying(seen, "d", 9));
        scheduler.pump(1);
        assertThat(seen).containsExactly("a", "c", "d");
        List.of(first, second, third).forEach(d -> d.handle(f -> {}));
    }

    @Test
    void aSchedulerThatRefusesEndsTheTasks() {
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        Cooperator cooperator = new Cooperator(closed);
        Deferred<?> done = cooperator.coiterate(saying(seen, "x", 9));
        assertThat(failureOf(done)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        CooperativeTask<?> task = cooperator.cooperate(saying(seen, "x", 9));
        assertThatExceptionOfType(TaskFailedException.class)
                .isThrownBy(task::pause)
                .withMessageContaining("closed");
        done.handle(f -> {});
    }

    @Test
    void aSchedulerThatRefusesTheNextTickEndsAllThatCouldGoOn() {
        AtomicInteger armed = new AtomicInteger();
        Cooperator cooperator =
                new Cooperator(new RefusingScheduler(scheduler, () -> armed.incrementAndGet() > 1), Duration.ZERO);
        Deferred<?> first = cooperator.coiterate(saying(seen, "a", 9));
        Deferred<?> second = cooperator.coiterate(saying(seen, "b", 9));
        scheduler.pump(1);
        assertThat(seen).containsExactly("a");
        assertThat(failureOf(first)).hasMessage("refused");
        assertThat(failureOf(second)).hasMessage("refused");
        List.of(first, second).forEach(d -> d.handle(f -> {}));
    }

    @Test
    void aTaskThatJoinsWhenABrokenRuleHasEndedTheOthersGoesOn() {
        AtomicInteger slices = new AtomicInteger();
        Cooperator cooperator = new Cooperator(scheduler, () -> {
            if (slices.getAndIncrement() == 0) {
                throw new IllegalStateException("rule");
            }
            return () -> true;
        });
        cooperator.coiterate(saying(seen, "a", 9)).handle(failure -> cooperator.coiterate(saying(seen, "b", 1)));
        scheduler.pump(2);
        assertThat(seen).containsExactly("b");
        scheduler.pump(1);
        scheduler.assertNothingArmed();
    }

    @Test
    void aTickThatComesAfterItWasTakenBackMakesNoStep() {
        DisturbedScheduler disturbed = new DisturbedScheduler();
        CooperativeTask<?> task = new Cooperator(disturbed, Duration.ZERO).cooperate(saying(seen, "x", 1));
        task.pause();
        disturbed.actions.get(0).run();
        assertThat(seen).isEmpty();
        task.resume();
        disturbed.actions.get(0).run();
        assertThat(seen).isEmpty();
        disturbed.clock.advance(Duration.ZERO);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aStopWhileTheTickIsBeingArmedTakesItBack() {
        DisturbedScheduler disturbed = new DisturbedScheduler();
        Cooperator cooperator = new Cooperator(disturbed, Duration.ZERO);
        disturbed.whileArming(cooperator::stop);
        Deferred<?> done = cooperator.coiterate(saying(seen, "x", 1));
        assertThat(failureOf(done)).isInstanceOf(SchedulerStoppedException.class);
        assertThat(disturbed.delayedCalls()).isEmpty();
        done.handle(f -> {});
    }
}
