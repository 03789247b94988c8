// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets so many messages through in a period, counts the others, and says at its end how many there were. */
final class LogLimit {
    /*
     * A period begins with the first message, and ends by a call of the scheduler, or with the next message if that call has not come although its time has: the scheduler may be closed by then. Each
     * has a name of its own: the call for the end of an earlier one does nothing.
     */
    private final String what;
    private final int most;
    private final Duration period;
    private final Consumer<String> told;

    // guarded by this
    private int permitted;
    private int leftOut;
    private @Nullable Period current;

    private record Period(Scheduler scheduler, Duration end) {
        boolean isOverFor(Scheduler present) {
            return scheduler != present || present.now().compareTo(end) >= 0;
        }
    }

    LogLimit(String what, int most, Duration period, Consumer<String> told) {
        this.what = what;
        this.most = most;
        this.period = period;
        this.told = told;
    }

    /**
     * Whether one more may be logged. Where time cannot be measured there is no limit.
     *
     * @param scheduler measures the period; null for {@link Scheduler#system()}
     */
    boolean permits(@Nullable Scheduler scheduler) {
        try {
            begin(scheduler == null ? Scheduler.system() : scheduler);
        } catch (Throwable t) {
            return true;
        }
        return take();
    }

    private void begin(Scheduler scheduler) {
        Period before = current();
        if (before != null && before.isOverFor(scheduler)) {
            endAndTell();
            before = null;
        }
        if (before == null) {
            Period next = new Period(scheduler, scheduler.now().plus(period));
            scheduler.callLater(period, (Housekeeping) () -> end(next));
            synchronized (this) {
                current = next;
            }
        }
    }

    private synchronized @Nullable Period current() {
        return current;
    }

    private synchronized boolean take() {
        if (permitted < most) {
            permitted++;
            return true;
        }
        leftOut++;
        return false;
    }

    private void end(Period ended) {
        if (current() == ended) {
            endAndTell();
        }
    }

    /** Ends the period now. */
    void endAndTell() {
        synchronized (this) {
            current = null;
            permitted = 0;
        }
        takeLeftOut().ifPresent(told);
    }

    /** What is to be said of those that were left out; empty if there are none. */
    synchronized Optional<String> takeLeftOut() {
        int taken = leftOut;
        leftOut = 0;
        return taken == 0 ? Optional.empty() : Optional.of(text(taken));
    }

    String text(int leftOut) {
        return leftOut + " more " + what
                + " were not logged, there were too many at a time; a handler of UnhandledFailures gets all";
    }
}
