// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The row of a {@link Cooperator}'s tasks that can go on, and the ticks in which they do. Its monitor guards the tasks as well. */
final class Rotation {
    /*
     * State
     *
     * Of the ticks: none, armed (by number; its handle may still be on its way from the scheduler), or in progress. adjust(), called after whatever changes
     * the need for one, arms a tick or takes it back.
     * Of a task: see CooperativeTask. One that can go on is in ready, or it is the one that is stepping.
     *
     * Invariants
     * I1 At most one tick is armed or in progress, so steps are made one at a time. A tick whose number is not that of the armed one does nothing.
     * I2 Whenever the monitor is free and no thread is on its way to adjust(): if a task is ready and the Cooperator is running, a tick is armed or in progress.
     * I3 A task is out of ready while it steps, and comes back at the end of it: so it goes to the end of the row, and whatever wakes it meanwhile need not
     *    step it, nor recurse.
     *
     * Why it is safe: all is guarded by this monitor, which is never held while the scheduler, an iterator, a rule for slices or a Deferred is called.
     *
     * Differences from Twisted: it walks a list by index, and may leave a task out in a round when another one goes; a tick is armed at the end of the one before.
     */

    // immutable
    private final Scheduler scheduler;
    private final Supplier<? extends BooleanSupplier> endOfSlice;

    // guarded by this
    private final Set<CooperativeTask<?>> ready = new LinkedHashSet<>();
    private @Nullable CooperativeTask<?> stepping;
    private boolean running;
    private boolean stopped;
    private boolean ticking;
    private boolean armed;
    private long number;
    private @Nullable DelayedCall timer;

    Rotation(Scheduler scheduler, Supplier<? extends BooleanSupplier> endOfSlice, boolean running) {
        this.scheduler = scheduler;
        this.endOfSlice = endOfSlice;
        this.running = running;
    }

    void start() {
        synchronized (this) {
            running = true;
            stopped = false;
        }
        adjust();
    }

    void stop() {
        List<CooperativeTask<?>> ended;
        synchronized (this) {
            running = false;
            stopped = true;
            ended = endAll(Ending.schedulerStopped());
        }
        adjust();
        tell(ended);
    }

    synchronized boolean running() {
        return running;
    }

    // ---- the row; for tasks, which hold the monitor

    /** This task can go on. */
    void join(CooperativeTask<?> task) {
        if (stopped) {
            task.end(Ending.schedulerStopped());
        } else if (task != stepping) {
            ready.add(task);
        }
    }

    /** It cannot. */
    void leave(CooperativeTask<?> task) {
        ready.remove(task);
    }

    /** Ends all that can go on. */
    private List<CooperativeTask<?>> endAll(Ending ending) {
        List<CooperativeTask<?>> ended = new ArrayList<>(ready);
        if (stepping != null && stepping.canGoOn()) {
            ended.add(stepping);
        }
        ended.forEach(task -> task.end(ending));
        return ended;
    }

    private static void tell(List<CooperativeTask<?>> ended) {
        ended.forEach(CooperativeTask::tell);
    }

    // ---- ticks

    /** Arms a tick if one is needed, and takes it back if it is not. Called without the monitor. */
    void adjust() {
        boolean needed;
        long next;
        DelayedCall unneeded;
        synchronized (this) {
            needed = running && !ticking && !ready.isEmpty();
            if (needed == armed) {
                return;
            }
            armed = needed;
            next = ++number;
            unneeded = timer;
            timer = null;
        }
        if (needed) {
            arm(next);
        } else {
            TakeBack.call(unneeded); // if it is null, the thread that is arming it will find that it is not wanted
        }
    }

    private void arm(long tick) {
        DelayedCall call;
        try {
            call = scheduler.callLater(Duration.ZERO, () -> tick(tick));
        } catch (Throwable t) {
            notArmed(tick, Failure.caught(t, Masked.NIL, null));
            return;
        }
        boolean stands;
        synchronized (this) {
            stands = isArmed(tick);
            if (stands) {
                timer = call;
            }
        }
        if (!stands) {
            TakeBack.call(call);
        }
    }

    private boolean isArmed(long tick) {
        return armed && number == tick;
    }

    private void notArmed(long tick, Failure failure) {
        List<CooperativeTask<?>> ended;
        synchronized (this) {
            if (!isArmed(tick)) {
                return; // it was not needed any more; whoever needs another one learns for himself what is the matter
            }
            armed = false;
            ended = endAll(Ending.failed(failure));
        }
        tell(ended);
    }

    private void tick(long tick) {
        synchronized (this) {
            if (!isArmed(tick)) {
                return;
            }
            armed = false;
            timer = null;
            ticking = true;
        }
        try {
            BooleanSupplier over = endOfSlice.get();
            for (CooperativeTask<?> task = next(); task != null; task = over.getAsBoolean() ? null : next()) {
                task.step();
                stepped(task);
            }
        } catch (Throwable t) {
            broken(Failure.caught(t, Masked.NIL, null));
        } finally {
            synchronized (this) {
                ticking = false;
                stepping = null;
            }
            adjust();
        }
    }

    /** The rule for the end of a slice has thrown. */
    private void broken(Failure failure) {
        List<CooperativeTask<?>> ended;
        synchronized (this) {
            ended = endAll(Ending.failed(failure));
        }
        tell(ended);
    }

    private synchronized @Nullable CooperativeTask<?> next() {
        Iterator<CooperativeTask<?>> row = ready.iterator();
        if (!row.hasNext()) {
            return null;
        }
        CooperativeTask<?> task = row.next();
        row.remove();
        stepping = task;
        return task;
    }

    private synchronized void stepped(CooperativeTask<?> task) {
        stepping = null;
        if (task.canGoOn()) {
            join(task);
        }
    }

    @Override
    public synchronized String toString() {
        int canGoOn = ready.size() + (stepping == null ? 0 : 1);
        return (running ? "running" : "not running") + ", " + canGoOn + " tasks can go on";
    }
}
