// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static io.deferred.testkit.DeferredTesting.clock;
import static io.deferred.testkit.DeferredTesting.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deferred.Deferred;
import io.deferred.Dump;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredExtension;
import io.deferred.testkit.DeferredTesting;
import io.deferred.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeferredExtension.class)
class SettingsTest {
    private final VirtualClock ofTheInstance = clock();

    @Test
    void aTestHasOneClock(VirtualClock clock) {
        assertThat(clock).isSameAs(clock()).isSameAs(ofTheInstance);
    }

    @Test
    void anExecutorRunsWhenTheClockDoes(Executor executor, VirtualClock clock) {
        Deferred<Duration> work = Deferred.deferToThread(executor, clock::now);
        DeferredTesting.assertNoResult(work);
        clock.advance(Duration.ofSeconds(1));
        assertThat(successResultOf(work)).as("the time at which it was given").isEqualTo(Duration.ZERO);
    }

    @Test
    @VirtualTime
    void agesAreMeasuredByTheClock(VirtualClock clock) {
        Deferred<String> old = new Deferred<String>().named("old one").addCallback(v -> v);
        clock.advance(Duration.ofHours(2));
        assertThat(Dump.text()).contains("'old one', PT2H old and UNTOUCHED for PT2H");
        old.callback("done");
    }

    @Test
    void aThreadThatNoTestKnowsIsToldSo() throws InterruptedException {
        Thread thread = new Thread(() -> assertThatIllegalStateException()
                .isThrownBy(DeferredTesting::clock)
                .withMessageContaining("@ExtendWith(DeferredExtension.class)"));
        AssertionError[] failed = new AssertionError[1];
        thread.setUncaughtExceptionHandler((t, e) -> failed[0] = new AssertionError(e));
        thread.start();
        thread.join();
        assertThat(failed[0]).isNull();
    }
}
