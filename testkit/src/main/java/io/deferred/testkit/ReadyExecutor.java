// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * An executor of a test: what it is given is ready at once, and is run when the test's clock makes its calls, on the thread that moves it. So of what several such executors hold ready and what is due on the clock, one seed says the order.
 */
final class ReadyExecutor implements Executor {
    private final VirtualClock clock;

    ReadyExecutor(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        clock.callLater(Duration.ZERO, Objects.requireNonNull(task, "task"));
    }

    @Override
    public String toString() {
        return "executor of the test's clock";
    }
}
