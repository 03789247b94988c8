// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a Deferred allocates, exactly: with 12-byte headers, which is what the JVMs that run this have by default. */
class LeanTest {
    private static final int COUNT = 10_000;
    private static final Callback<String, String> SAME = v -> v;
    private static final Canceller<String> CANCELLER = self -> {};

    private final Deferred<?>[] kept = new Deferred<?>[COUNT];

    private long bytesOfEach(Supplier<Deferred<?>> made) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // classes and profiles of the first rounds are not ours
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < COUNT; i++) {
                kept[i] = made.get();
            }
            best = Math.min(
                    best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return best / COUNT;
    }

    @Test
    void aPlainOneHas24Bytes() {
        assertThat(bytesOfEach(Deferred::new)).isEqualTo(24);
    }

    @Test
    void itsFirstCallbackIsIncluded() {
        assertThat(bytesOfEach(() -> new Deferred<String>().addCallback(SAME))).isEqualTo(24);
    }

    @Test
    void aFurtherCallbackCostsOneSmallNode() {
        assertThat(bytesOfEach(() -> new Deferred<String>()
                        .addCallback(SAME)
                        .addCallback(SAME)
                        .addCallback(SAME)))
                .isEqualTo(72);
    }

    @Test
    void aCallbackOnAFiredOneCostsNothing() {
        assertThat(bytesOfEach(() -> Deferred.succeed("v").addCallback(SAME).addCallback(SAME)))
                .isEqualTo(24);
    }

    @Test
    void firingCostsNothing() {
        assertThat(bytesOfEach(() -> {
                    Deferred<String> d = new Deferred<>();
                    Deferred<String> end = d.addCallback(SAME);
                    d.callback("v");
                    return end;
                }))
                .isEqualTo(24);
    }

    @Test
    void waitingForAnUnfiredOneCostsNothing() {
        assertThat(bytesOfEach(() -> {
                    Deferred<String> inner = new Deferred<>();
                    Deferred<String> d = Deferred.succeed("v");
                    Callback<String, Deferred<String>> callback = v -> inner;
                    Deferred<String> end = d.chainCallback(callback);
                    inner.callback("w");
                    return end;
                }))
                .as("two Deferreds and the lambda that refers to one")
                .isEqualTo(24 + 24 + 16);
    }

    @Test
    void aCancellerCostsTheSideRecord() {
        assertThat(bytesOfEach(() -> new Deferred<>(CANCELLER))).isEqualTo(24 + 24);
    }

    @Test
    void aFailureThatIsHandledCostsItsFailure() {
        RuntimeException exception = new RuntimeException();
        Callback<Failure, String> handler = f -> "handled";
        assertThat(bytesOfEach(() -> Deferred.<String>fail(exception).addErrback(handler)))
                .isEqualTo(24 + 16);
    }

    @Test
    void aTimeOutThatIsBeatenCostsOneObject() {
        Duration limit = Duration.ofHours(1);
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            assertThat(bytesOfEach(() -> {
                        Deferred<String> d = new Deferred<>();
                        Deferred<String> end = d.addTimeout(limit, scheduler);
                        d.callback("in time");
                        return end;
                    }))
                    .isEqualTo(24 + 48);
        }
    }

    @Test
    void aDelayedCallCostsOneObject() {
        Duration delay = Duration.ofHours(1);
        Deferred<String> none = new Deferred<>();
        Runnable action = () -> {};
        try (SystemScheduler scheduler = Scheduler.system(Runnable::run)) {
            assertThat(bytesOfEach(() -> {
                        scheduler.callLater(delay, action).cancel();
                        return none;
                    }))
                    .isEqualTo(40);
        }
    }
}
