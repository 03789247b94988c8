// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link SlowCallbacks} does where nobody has said otherwise. */
class SlowCallbacksLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration SURELY_OVER = Duration.ofMillis(1200);

    @RegisterExtension
    final Reports reports = new Reports(); // else what other tests have left may come to the log here

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final VirtualClock clock = new VirtualClock();

    @BeforeEach
    void debug() {
        Debugging.full();
        SlowCallbacks.setLimit(LIMIT, clock);
    }

    @AfterEach
    void reset() {
        SlowCallbacks.resetLimit();
        SlowCallbacks.resetHandler();
        Debugging.off();
    }

    private void holdTheThread() {
        Deferred<String> d = new Deferred<>();
        d.tap(v -> clock.advance(SURELY_OVER));
        d.callback("v");
    }

    @Test
    void aSlowCallbackIsLogged() {
        SlowCallbacks.setHandler(slow -> fail("replaced again"));
        SlowCallbacks.resetHandler();
        holdTheThread();
        assertThat(log.seen()).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
            assertThat(entry.getMessage())
                    .startsWith("Slow callback: the callback of Deferred@")
                    .contains(" for longer than PT1S");
        });
    }

    @Test
    void theLimitIsMeasuredOnTheSystemSchedulerAgain() {
        List<SlowCallback> slow = new ArrayList<>();
        SlowCallbacks.setHandler(slow::add);
        SlowCallbacks.resetLimit();
        holdTheThread();
        assertThat(slow).isEmpty();
        assertThat(clock.delayedCalls()).isEmpty();
    }
}
