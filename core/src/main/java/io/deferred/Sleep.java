// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that fires a Deferred, and the Deferred's canceller, which disarms it. */
final class Sleep implements Canceller<@Nullable Void> {
    private @Nullable DelayedCall call; // written before the Deferred is handed out

    private Sleep() {}

    static Deferred<@Nullable Void> start(Scheduler scheduler, Duration delay) {
        Sleep sleep = new Sleep();
        Deferred<@Nullable Void> deferred = new Deferred<>(sleep);
        // a cancel may win while the timer is firing
        sleep.call = scheduler.callLater(delay, () -> deferred.fire(Masked.NIL));
        return deferred;
    }

    @Override
    public void cancel(Deferred<@Nullable Void> self) {
        if (call != null) {
            call.tryCancel();
        }
    }

    /** In words, for a dump. */
    String awaited() {
        return "a delayed call, due at " + (call == null ? "a time not known yet" : call.time());
    }
}
