// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.DelayedCall;
import io.deferred.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Barks when nothing has happened for some time. Being active costs a look at the clock: the delayed call is moved when it comes, not before. Confined to the loop.
 */
final class Watchdog {
    private final Scheduler scheduler;
    private final Duration patience;
    private final Runnable bark;
    private Duration last;
    private @Nullable DelayedCall next;

    private Watchdog(Scheduler scheduler, Duration patience, Runnable bark) {
        this.scheduler = scheduler;
        this.patience = patience;
        this.bark = bark;
        this.last = scheduler.now();
    }

    static Watchdog start(Scheduler scheduler, Duration patience, Runnable bark) {
        Watchdog dog = new Watchdog(scheduler, patience, bark);
        dog.next = scheduler.callLater(patience, dog::look);
        return dog;
    }

    static void stop(@Nullable Watchdog dog) {
        if (dog != null && dog.next != null) {
            dog.next.tryCancel();
            dog.next = null;
        }
    }

    void active() {
        last = scheduler.now();
    }

    private void look() {
        if (next == null) {
            return; // stopped while the call was on its way
        }
        Duration left = last.plus(patience).minus(scheduler.now());
        if (left.isNegative() || left.isZero()) {
            next = null;
            bark.run();
        } else {
            next = scheduler.callLater(left, this::look);
        }
    }
}
