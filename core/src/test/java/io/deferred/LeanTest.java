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
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int COUNT = 10_000;
    private static final Callback<String, String> SAME = v -> v;
    private static final Canceller<String> CANCELLER = self -> {};

    private final Deferred<?>[] kept = new Deferred<?>[COUNT];

    private long bytesOfEach(Supplier<Deferred<?>> made) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // classes and profiles of the first rounds are not ours
            long before = allocated();
            for (int i = 0; i < COUNT; i++) {
                kept[i] = made.get();
            }
            best = Math.min(best, allocated() - before);
        }
        return best / COUNT;
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
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

    /** 24 bytes of Deferred, 16 of lambda, and 24 of the stage by which each waits, as in a short row; and so little for all those that are left out of the row. */
    @Test
    void aHopOfALongRowCostsNoMoreThanThatOfAShortOne() {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = allocated();
            Deferred<?>[] hops = row();
            best = Math.min(best, allocated() - before);
            assertThat(hops[0].outcome().orElseThrow()).isEqualTo(new Outcome.Success<>("end"));
        }
        assertThat((double) best / COUNT).isBetween(68.0, 68.1);
    }

    /** Each hop waits for the next one, the outermost first, and then the last is resolved. */
    private static Deferred<?>[] row() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Deferred<String>[] hops = new Deferred[COUNT];
        hops[COUNT - 1] = new Deferred<>();
        for (int i = COUNT - 2; i >= 0; i--) {
            Deferred<String> inner = hops[i + 1];
            hops[i] = new Deferred<String>().chainCallback(ignored -> inner);
        }
        for (Deferred<String> hop : hops) {
            hop.callback("end");
        }
        return hops;
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
