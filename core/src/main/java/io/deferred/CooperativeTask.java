// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link Cooperator}. Made by {@link Cooperator#cooperate}. Twisted's {@code CooperativeTask}.
 *
 * <p>Any thread may use it. A step that is being made comes to its end whatever is done here meanwhile.
 *
 * @param <I> the type of its iterator
 */
public final class CooperativeTask<I extends Iterator<?>> {
    /*
     * State: it can go on while it has not ended, is not paused, and does not wait for a Deferred. Pauses and waiting are counted apart.
     *
     * Invariants
     * I1 It ends once: ending is set once, and whoever sets it calls tell(), but for the owner's cancel: of a task that has an owner nobody else knows.
     * I2 A Deferred that a step gives is waited for only if the task has not ended by then; if a cancel ended it, the cancel goes on to that Deferred.
     *
     * Accepted races: a cancel may reach the awaited Deferred when that has just fired.
     */

    // immutable
    private final I iterator;
    private final Rotation rotation;

    // guarded by the rotation
    private final Set<Deferred<I>> waiters = new LinkedHashSet<>();
    private int pauses;
    private @Nullable Deferred<?> awaited;
    private @Nullable Ending ending;
    private boolean cancelled;

    CooperativeTask(I iterator, Rotation rotation) {
        this.iterator = iterator;
        this.rotation = rotation;
    }

    void begin() {
        synchronized (rotation) {
            rotation.join(this);
        }
        rotation.adjust();
    }

    /** Whether a step may be made. With the monitor. */
    boolean canGoOn() {
        return ending == null && pauses == 0 && awaited == null;
    }

    // ---- pausing

    /**
     * Makes no further step until there has been a {@link #resume()} for each pause.
     *
     * @throws TaskFinishedException if it has ended
     * @throws SchedulerStoppedException if it has ended because the Cooperator was stopped
     */
    public void pause() {
        synchronized (rotation) {
            checkNotEnded();
            pauses++;
            rotation.leave(this);
        }
        rotation.adjust();
    }

    /**
     * Takes one {@link #pause()} back. After the last one it goes on at the end of the row, unless it waits for a Deferred; if the Cooperator was stopped meanwhile it ends. If it has ended while it was
     * paused, this changes nothing.
     *
     * @throws NotPausedException if it is not paused
     */
    public void resume() {
        synchronized (rotation) {
            if (pauses == 0) {
                throw new NotPausedException();
            }
            pauses--;
            joinAgain();
        }
        rotation.adjust();
        tell();
    }

    private void joinAgain() {
        if (canGoOn()) {
            rotation.join(this);
        }
    }

    private void checkNotEnded() {
        if (ending != null) {
            throw ending.refusal().get();
        }
    }

    // ---- the end

    /**
     * Ends it: no further step is made, and those who wait for it are given {@link TaskStoppedException}. A Deferred that it waits for is not cancelled.
     *
     * @throws TaskFinishedException if it has ended
     * @throws SchedulerStoppedException if it has ended because the Cooperator was stopped
     */
    public void stop() {
        synchronized (rotation) {
            checkNotEnded();
            end(Ending.stopped());
        }
        rotation.adjust();
        tell();
    }

    /**
     * Returns a Deferred that tells of the end.
     *
     * @return a new one each time. Fires with the iterator when that has come to its end; fails with what the iterator threw, with the failure of the Deferred that it waited for, with {@link TaskStoppedException} or with {@link SchedulerStoppedException}.
     *     Cancelling it leaves the task as it is
     */
    public Deferred<I> whenDone() {
        return listen(new Deferred<>(this::forget));
    }

    private void forget(Deferred<I> waiter) {
        synchronized (rotation) {
            waiters.remove(waiter);
        }
    }

    /** One like whenDone, whose cancel stops the task. */
    Deferred<I> owner() {
        return listen(new Deferred<>(this::cancel));
    }

    private Deferred<I> listen(Deferred<I> waiter) {
        Ending known;
        synchronized (rotation) {
            known = ending;
            if (known == null) {
                waiters.add(waiter);
            }
        }
        if (known != null) {
            waiter.fire(known.result());
        }
        return waiter;
    }

    private void cancel(Deferred<I> owner) {
        Deferred<?> inner;
        synchronized (rotation) {
            waiters.remove(owner); // it fails with CancelledException
            if (ending != null) {
                return;
            }
            cancelled = true;
            inner = awaited;
            end(Ending.stopped());
        }
        rotation.adjust();
        if (inner != null) {
            inner.cancel();
        }
    }

    /** Ends it, with the monitor; {@link #tell()} is then to be called without. */
    void end(Ending how) {
        ending = how;
        awaited = null;
        rotation.leave(this);
    }

    private boolean endUnlessEnded(Ending how) {
        synchronized (rotation) {
            if (ending != null) {
                return false;
            }
            end(how); // it is not in the row: it is making a step, or waits
        }
        tell();
        return true;
    }

    /** Fires those who wait, if it has ended. */
    void tell() {
        List<Deferred<I>> told;
        Object result;
        synchronized (rotation) {
            if (ending == null) {
                return;
            }
            result = ending.result();
            told = List.copyOf(waiters);
            waiters.clear();
        }
        for (Deferred<I> waiter : told) {
            if (!waiter.fire(result)) {
                waiter.late(result); // it was cancelled meanwhile
            }
        }
    }

    // ---- a step

    /** Makes one. For the tick. */
    void step() {
        Object element = null;
        Ending end = null;
        try {
            if (iterator.hasNext()) {
                element = iterator.next();
            } else {
                end = Ending.done(Masked.mask(iterator));
            }
        } catch (Throwable t) {
            end = Ending.failed(Failure.caught(t, Masked.NIL, null));
        }
        if (element instanceof Deferred<?> deferred) {
            await(deferred);
        } else if (end != null && !endUnlessEnded(end) && end.result() instanceof Failure failure) {
            UnhandledFailures.report(failure, "the iterator of a task that was ended in the middle of a step");
        }
    }

    private void await(Deferred<?> deferred) {
        boolean waits;
        boolean cancel;
        synchronized (rotation) {
            waits = ending == null;
            cancel = cancelled;
            if (waits) {
                awaited = deferred;
            }
        }
        if (waits) {
            Callback<@Nullable Object, @Nullable Object> wake = this::wake;
            deferred.add(wake, wake);
        } else if (cancel) {
            deferred.cancel();
        }
    }

    /** The Deferred that it waits for has fired. A failure that is of no use here, because it has ended meanwhile, stays with that Deferred. */
    private Object wake(@Nullable Object result) {
        if (result instanceof Failure failure) {
            return Masked.as(endUnlessEnded(Ending.failed(failure)) ? null : failure);
        }
        synchronized (rotation) {
            awaited = null;
            joinAgain();
        }
        rotation.adjust();
        tell();
        return Masked.as(null);
    }

    /** Returns how it stands, and its iterator. */
    @Override
    public String toString() {
        String state;
        synchronized (rotation) {
            if (ending != null) {
                state = "ended";
            } else if (pauses > 0) {
                state = "paused";
            } else {
                state = awaited == null ? "can go on" : "waiting";
            }
        }
        return "CooperativeTask[" + state + ", " + Shown.brief(iterator) + "]";
    }
}
