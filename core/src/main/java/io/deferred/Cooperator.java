// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Does long work in small steps, and several such works in turn, on the thread of a {@link Scheduler}, so that this thread is free for other things in between. A task is an {@link Iterator}: each
 * element that it is asked for is a step. An element that is a {@link Deferred} makes the task wait for it, and only this task; the Deferred goes on with null, and other elements are dropped. Twisted's {@code Cooperator}.
 *
 * <p>While a task can go on, a tick is armed on the scheduler, as soon as possible. A tick makes one step of the task that has waited longest, puts it at the end of the row, and goes on like that until its slice of
 * time is over (10 ms unless it is said otherwise) or no task can go on; then the next one is armed. At least one step is made in a tick. The time of a {@link VirtualClock} stands still within a tick: there
 * a slice of time ends only when no task can go on, so give a task without end a rule of its own for the end of a slice.
 *
 * <p><b>Callbacks</b>: iterators are called by the scheduler's thread, one at a time. The Deferreds that tell of a task's end are fired by the thread that ends it: the scheduler's, or one that stops or cancels.
 *
 * <p><b>Memory</b>: what one step did happens-before the next one, of whichever task of the same Cooperator.
 *
 * <p><b>Failure</b>: what an iterator throws, and the failure of a Deferred that a task waits for, ends that task. What the rule for the end of a slice throws, or the scheduler when a tick is to be armed, ends all tasks that can go on.
 * A task that was ended in the middle of a step and then throws is reported to the handler of {@link UnhandledFailures}.
 *
 * <p><b>Cancellation</b>: cancelling the Deferred of {@link #coiterate(Iterator)} stops the task, and cancels the Deferred that the task waits for.
 *
 * <p>This class is safe for use by any thread.
 *
 * <pre>{@code
 * Cooperator cooperator = new Cooperator(clock);
 * cooperator.coiterate(urls.stream().map(fetch).iterator()).consume(all -> seen.add("all fetched"));
 * }</pre>
 */
public final class Cooperator {
    private static final Duration SLICE = Duration.ofMillis(10);

    /** When a Cooperator begins with its tasks. */
    public enum Begin {
        /** With the first task. */
        AT_ONCE,
        /** When {@link Cooperator#start()} has been called; tasks are kept until then. */
        WHEN_STARTED
    }

    private final Rotation rotation;

    /**
     * Makes one that is running, with slices of 10 ms.
     *
     * @param scheduler makes the ticks
     */
    public Cooperator(Scheduler scheduler) {
        this(scheduler, SLICE);
    }

    /**
     * Makes one that is running.
     *
     * @param scheduler makes the ticks
     * @param slice how long a tick may take before it begins with its last step; zero means one step for each tick
     * @throws IllegalArgumentException if the slice is negative
     */
    public Cooperator(Scheduler scheduler, Duration slice) {
        this(scheduler, slices(scheduler, slice));
    }

    /**
     * Makes one that is running, with a rule of its own for the end of a slice. Twisted's {@code terminationPredicateFactory}.
     *
     * @param scheduler makes the ticks
     * @param endOfSlice asked at the beginning of each tick; what it returns is asked after each step whether the tick is to end
     */
    public Cooperator(Scheduler scheduler, Supplier<? extends BooleanSupplier> endOfSlice) {
        this(scheduler, endOfSlice, Begin.AT_ONCE);
    }

    /**
     * Makes one with a rule of its own for the end of a slice.
     *
     * @param scheduler makes the ticks
     * @param endOfSlice asked at the beginning of each tick; what it returns is asked after each step whether the tick is to end
     * @param begin whether it is running, or waits for {@link #start()}
     */
    public Cooperator(Scheduler scheduler, Supplier<? extends BooleanSupplier> endOfSlice, Begin begin) {
        this.rotation = new Rotation(
                Objects.requireNonNull(scheduler, "scheduler"),
                Objects.requireNonNull(endOfSlice, "endOfSlice"),
                Objects.requireNonNull(begin, "begin") == Begin.AT_ONCE);
    }

    /**
     * Returns the rule that ends a slice after some time.
     *
     * @param scheduler measures it
     * @param slice how long after the beginning of a tick
     * @return for a constructor
     * @throws IllegalArgumentException if the slice is negative
     */
    public static Supplier<BooleanSupplier> slices(Scheduler scheduler, Duration slice) {
        Objects.requireNonNull(scheduler, "scheduler");
        long nanos = Durations.nanos(slice, "slice");
        return () -> {
            long begun = Durations.signedNanos(scheduler.now());
            return () -> Durations.signedNanos(scheduler.now()) - begun >= nanos;
        };
    }

    /**
     * Takes a task.
     *
     * @param iterator each call of its {@code next} is a step; it is not touched within this call
     * @param <I> its type
     * @return the task; it has ended already, with {@link SchedulerStoppedException}, if this Cooperator is stopped
     */
    public <I extends Iterator<?>> CooperativeTask<I> cooperate(I iterator) {
        CooperativeTask<I> task = new CooperativeTask<>(Objects.requireNonNull(iterator, "iterator"), rotation);
        task.begin();
        return task;
    }

    /**
     * Takes a task that nobody needs to pause.
     *
     * @param iterator each call of its {@code next} is a step; it is not touched within this call
     * @param <I> its type
     * @return fires with the iterator when that has come to its end; fails with what the iterator throws, with the failure of a Deferred that it waited for, or with {@link
     *     SchedulerStoppedException}. Cancelling it stops the task, cancels the Deferred that the task waits for (or is about to wait for, if it is in the middle of a step), and fails with {@link CancelledException}
     */
    public <I extends Iterator<?>> Deferred<I> coiterate(I iterator) {
        return cooperate(iterator).owner();
    }

    /**
     * Takes a task whose end fires a Deferred that exists already. Cancelling that is the affair of its own canceller.
     *
     * @param iterator each call of its {@code next} is a step; it is not touched within this call
     * @param done is fired as the one that {@link #coiterate(Iterator)} returns
     * @param <I> the type of the iterator
     */
    public <I extends Iterator<?>> void coiterate(I iterator, Deferred<? super I> done) {
        Objects.requireNonNull(done, "done");
        cooperate(iterator).whenDone().chainDeferred(done);
    }

    /** Begins, or begins again after {@link #stop()}, to work on the tasks. Does nothing if it is running. */
    public void start() {
        rotation.start();
    }

    /**
     * Stops: all tasks that could go on end now, with {@link SchedulerStoppedException}; so do those that are paused or wait for a Deferred, but only when they could go on, and only if this has not been started again by then. A step
     * that is being made comes to its end. Does nothing if it is stopped already.
     */
    public void stop() {
        rotation.stop();
    }

    /**
     * Tells whether it works on the tasks that it has or is given.
     *
     * @return whether it has been started, by itself or by {@link #start()}, and not been stopped since
     */
    public boolean running() {
        return rotation.running();
    }

    /** Returns whether it is running, and the number of tasks that can go on. */
    @Override
    public String toString() {
        return "Cooperator[" + rotation + "]";
    }
}
