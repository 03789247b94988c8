// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.LoopingCall;
import io.deferred.UnhandledFailures;
import io.deferred.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class EndlessTest {
    @Test
    @ExtendWith(DeferredExtension.class)
    void aScenarioWhoseCallsGoOnForeverIsGivenUp(VirtualClock clock) {
        CancelEverywhere everywhere = new CancelEverywhere(
                () -> {
                    LoopingCall poll = new LoopingCall(clock, () -> null);
                    Deferred<?> unused = poll.start(Duration.ofSeconds(1));
                    return new Deferred<>();
                },
                clock,
                Duration.ofMillis(1));

        assertThatThrownBy(everywhere::run).hasMessageContaining("it never ends. It waits so: ");
    }

    @Test
    @ExtendWith(DeferredExtension.class)
    void aScenarioThatHasToWaitAndHasNoPointIsToldSo() {
        Thread waiting = Thread.currentThread();
        ExecutorService threads = Executors.newSingleThreadExecutor();

        assertThatThrownBy(() -> DeferredTesting.cancelEverywhere(() -> Deferred.deferToThread(threads, () -> {
                    while (waiting.getState() != Thread.State.TIMED_WAITING) {
                        Thread.onSpinWait();
                    }
                    return "done";
                })))
                .hasMessageContaining("no point at which to cancel it");
        threads.shutdown();
    }

    @Test
    void outsideOfAllTestsNothingIsKeptAndFailuresAreNotLost() {
        TestRun run = new TestRun("the last test", Settings.of(List.of()), null);
        run.begin();
        assertThat(run.end(null)).isNull();

        Deferred<String> pending = new Deferred<>();
        Deferred<?> failed = Deferred.fail(new IOException("of no test"));
        UnhandledFailures.reportNow(); // as without the kit: to the log
        assertThat(Accounts.nobodys().reports()).isEmpty();
        assertThat(Accounts.nobodys().deferreds()).isEmpty();

        failed.handle(failure -> {});
        pending.callback("done");
    }
}
