// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * The points in time at which a {@link LoopRun} is to call: a whole number of intervals after a start. In nanoseconds, without rounding. Guarded by the run.
 */
final class Ticks {
    /** That the calls due until this time have been counted. */
    record Count(long time) {}

    private final long interval;
    private final LoopingCall.First first;
    private long start;

    Ticks(long start, long interval, LoopingCall.First first) {
        this.start = start;
        this.interval = interval;
        this.first = first;
    }

    /** Begins anew at this time. */
    void restart(long now) {
        start = now;
    }

    /** How long it is to the next point after this time; a point that is exactly now is over. */
    long untilNext(long now) {
        return interval == 0 ? 0 : interval - (now - start) % interval;
    }

    /** How many points have been reached since the last count, or since the start if there was none; 0 if none has. */
    long countUntil(long now, @Nullable Count lastCount) {
        if (interval == 0) {
            return 1;
        }
        long before = first == LoopingCall.First.NOW ? -1 : 0;
        return numberAt(now) - (lastCount == null ? before : numberAt(lastCount.time()));
    }

    /** The number of whole intervals from the start to this time, which may be before the start. */
    private long numberAt(long time) {
        return (time - start) / interval;
    }
}
