// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.DelayedCall;
import io.deferred.Scheduler;
import java.time.Duration;

/** Calls without which something would be waited for in vain: if the pool's scheduler takes none any more, because it was closed before the pool, the system's makes them. */
final class Arming {
    private Arming() {}

    static DelayedCall callLater(Scheduler scheduler, Duration delay, Runnable action) {
        try {
            return scheduler.callLater(delay, action);
        } catch (RuntimeException e) {
            PoolLog.couldNotArm(e);
            return Scheduler.system().callLater(delay, action);
        }
    }
}
