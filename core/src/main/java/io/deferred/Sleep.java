// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that fires a Deferred, and which the Deferred's cancel disarms. */
final class Sleep {
    private @Nullable DelayedCall call; // written before the Deferred is handed out

    private Sleep() {}

    static Deferred<@Nullable Void> start(Scheduler scheduler, Duration delay) {
        Sleep sleep = new Sleep();
        Deferred<@Nullable Void> deferred = new Deferred<>(self -> sleep.disarm());
        // a cancel may win while the timer is firing
        sleep.call = scheduler.callLater(delay, () -> deferred.fire(Masked.NIL));
        return deferred;
    }

    private void disarm() {
        if (call != null) {
            call.tryCancel();
        }
    }
}
