// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.Schedules;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Both engines run tests of one class, found by whoever runs all tests of a module. */
class BesideJupiterTest {
    private String before = "";

    @BeforeEach
    void before() {
        before += "before";
    }

    @Test
    void jupiterRunsATest() {
        assertThat(before).isEqualTo("before");
    }

    @DeferredTest
    Deferred<?> theKitRunsATest(VirtualClock clock) {
        assertThat(before).isEqualTo("before");
        return Deferred.deferLater(clock, Duration.ofHours(1))
                .addCallback(late -> assertThat(clock.now()).isEqualTo(Duration.ofHours(1)));
    }

    @Nested
    class Inner {
        @Test
        void jupiterRunsANestedTest() {
            assertThat(before).isEqualTo("before");
        }

        @DeferredTest
        @Schedules(10)
        Deferred<?> theKitRunsANestedTest(VirtualClock clock) {
            assertThat(before).isEqualTo("before");
            return Deferred.deferLater(clock, Duration.ofHours(1));
        }
    }
}
