// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Refuses to arm a call when it is told to. */
record RefusingScheduler(Scheduler scheduler, BooleanSupplier refuses) implements Scheduler {
    @Override
    public Duration now() {
        return scheduler.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        if (refuses.getAsBoolean()) {
            throw new IllegalStateException("refused");
        }
        return scheduler.callLater(delay, action);
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        return scheduler.delayedCalls();
    }
}
