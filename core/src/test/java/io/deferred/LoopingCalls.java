// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** LoopingCalls of tests, and how they end. */
final class LoopingCalls {
    private LoopingCalls() {}

    /** One that adds the time of each call to those that were seen. */
    static LoopingCall telling(VirtualClock clock, List<Object> seen) {
        return new LoopingCall(clock, () -> {
            seen.add(clock.now());
        });
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    static void assertStopped(LoopingCall loop, Deferred<LoopingCall> done) {
        assertThat(done.outcome()).contains(new Outcome.Success<>(loop));
    }
}
