// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.LoopingCall;
import io.deferred.VirtualClock;
import java.time.Duration;
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
}
