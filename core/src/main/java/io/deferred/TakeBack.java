// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** Takes delayed calls back, whatever the scheduler does about it: what is to follow must not be lost by it. */
final class TakeBack {
    private TakeBack() {}

    static void call(@Nullable DelayedCall call) {
        if (call == null) {
            return;
        }
        try {
            call.tryCancel();
        } catch (Throwable t) {
            UnhandledFailures.report(new Failure(t), "a scheduler that was to take a delayed call back");
        }
    }
}
