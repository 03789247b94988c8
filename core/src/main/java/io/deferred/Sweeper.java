// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something now and then, as long as there is anything to look at: five times within a period, so that what is seen for the sixth time is older than that.
 */
final class Sweeper {
    /** How many sweeps there are in a period. */
    static final int PER_PERIOD = 5;

    /** The period, and what measures it; without a scheduler, {@link Scheduler#system()}, which is not asked for before it is needed. Compared by identity. */
    record Pace(Duration period, @Nullable Scheduler scheduler) {
        private Scheduler measuredBy() {
            return scheduler == null ? Scheduler.system() : scheduler;
        }
    }

    private final BooleanSupplier look;
    private final AtomicReference<@Nullable Sweep> next = new AtomicReference<>();
    private volatile Pace pace;

    /**
     * Makes one that is at rest.
     *
     * @param look looks, and says whether there is anything left to look at; never throws
     */
    Sweeper(Pace pace, BooleanSupplier look) {
        this.pace = pace;
        this.look = look;
    }

    Pace pace() {
        return pace;
    }

    /** Changes the pace. What is armed does nothing any more: who has something to look at arms it anew. */
    void setPace(Pace pace) {
        this.pace = pace;
    }

    /** Whether a sweep of the present pace is under way. */
    boolean isArmed() {
        Sweep armed = next.get();
        return armed != null && armed.pace == pace;
    }

    /** Sees to it that a sweep of the present pace is under way; false if none can be: the JVM is going down, or the scheduler is closed. Never throws. */
    boolean arm() {
        for (; ; ) {
            Sweep armed = next.get();
            Pace now = pace;
            if (armed != null && armed.pace == now) {
                return true;
            }
            Sweep made = new Sweep(now);
            if (next.compareAndSet(armed, made)) {
                boolean stands = callLater(made);
                if (!stands || pace == now) {
                    return stands;
                }
            }
        }
    }

    private boolean callLater(Sweep sweep) {
        try {
            sweep.pace.measuredBy().callLater(sweep.pace.period().dividedBy(PER_PERIOD), sweep);
            return true;
        } catch (Throwable t) {
            next.compareAndSet(sweep, null);
            return false;
        }
    }

    /** One look. Only the one that is next has any effect: two rows of them would reach the end of the period in half its time. */
    private final class Sweep implements Housekeeping {
        private final Pace pace;

        Sweep(Pace pace) {
            this.pace = pace;
        }

        @Override
        public void run() {
            if (!next.compareAndSet(this, null) || pace != Sweeper.this.pace) {
                return;
            }
            boolean more = true;
            try {
                more = look.getAsBoolean();
            } finally {
                if (more) {
                    arm();
                }
            }
        }
    }
}
