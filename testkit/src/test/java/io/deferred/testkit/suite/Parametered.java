// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What tests can have as parameters, and what they cannot. */
final class Parametered {
    private Parametered() {}

    static class Rightly {
        private final VirtualClock clock;

        Rightly(VirtualClock clock) {
            this.clock = clock;
        }

        @BeforeAll
        static void beforeAll(TestInfo info) {
            assertThat(info.getTestClass()).contains(Rightly.class);
            assertThat(info.getTestMethod()).isEmpty();
        }

        @BeforeEach
        void before(VirtualClock other, TestInfo info) {
            assertThat(other).isSameAs(clock);
            assertThat(info.getTestMethod().orElseThrow().getName()).isEqualTo("hasOneClock");
        }

        @DeferredTest
        Deferred<?> hasOneClock(TestInfo info, VirtualClock other) {
            assertThat(other).isSameAs(clock);
            assertThat(info.getDisplayName()).isEqualTo("hasOneClock(TestInfo, VirtualClock)");
            return Deferred.succeed("done");
        }

        @AfterEach
        void after(VirtualClock other) {
            assertThat(other).isSameAs(clock);
        }
    }

    static class Wrongly {
        @DeferredTest
        Deferred<?> wantsText(VirtualClock clock, String text) {
            return Deferred.succeed(text);
        }
    }

    static class TooEarly {
        @BeforeAll
        static void beforeAll(VirtualClock clock) {}

        @DeferredTest
        Deferred<?> test() {
            return Deferred.succeed("done");
        }
    }
}
