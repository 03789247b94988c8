// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function again and again, at a fixed interval. Twisted's {@code LoopingCall}.
 *
 * <p>Calls are due at the start plus a whole number of intervals, whenever the ones before them were made: nothing drifts. A call never begins before the last one of the same start has
 * ended; if the function returns a {@link Deferred} it ends when that has fired, and the Deferred goes on with null. What was due meanwhile, or while the scheduler was late, is left out: the next call is made at
 * the next point in time that is a whole number of intervals after the start. {@link #withCount} tells the function how many it stands for. With an interval of zero each call is armed when the last one
 * has ended, as fast as the scheduler makes them.
 *
 * <p><b>Callbacks</b>: the function is called by the scheduler's thread, but the first time by the thread that calls {@link #start(Duration)}. Start's Deferred is fired by the thread that ends
 * the loop: the one that stops or cancels it, or on which the last call ends.
 *
 * <p><b>Memory</b>: what one call did happens-before the next one.
 *
 * <p><b>Failure</b>: if the function throws, returns a {@link Failure}, or returns a Deferred that fails, the loop ends and start's Deferred has the failure. So does what the scheduler throws when it is to arm the
 * next call. The loop can be started again afterwards.
 *
 * <p><b>Cancellation</b>: cancelling the Deferred of {@code start} stops the loop, takes the armed call back, and cancels the Deferred that the last call has returned, or is yet to return. When that call has ended, or at
 * once if none is under way, start's Deferred fails with {@link CancelledException}, or with the failure of that call. {@link #stop()} lets the last call come to its end.
 *
 * <p>This class is safe for use by any thread.
 *
 * <pre>{@code
 * LoopingCall poll = new LoopingCall(scheduler, () -> mailbox.check());
 * poll.start(Duration.ofSeconds(30)).handle(f -> System.err.println("No more mail: " + f));
 * }</pre>
 */
public final class LoopingCall {
    /** When a loop makes its first call. */
    public enum First {
        /** Within {@code start}, on its thread. */
        NOW,
        /** When the first interval has passed. */
        AFTER_INTERVAL
    }

    // immutable
    final Scheduler scheduler;
    final Callback<? super Long, ?> body;
    final boolean counts;
    private final Object shown;

    // shared: whoever takes a run out of it, by compare-and-set, says how that run ends
    private final AtomicReference<@Nullable LoopRun> running = new AtomicReference<>();
    private volatile @Nullable Duration interval;

    // shared: by a run and the one before it, which may be making its last call
    final AtomicReference<Ticks.@Nullable Count> lastCount = new AtomicReference<>();

    /**
     * Makes one that is not running.
     *
     * @param scheduler measures the time, and makes the calls
     * @param body is called again and again; a Deferred that it returns is waited for, any other result is dropped
     */
    public LoopingCall(Scheduler scheduler, Callable<?> body) {
        this(scheduler, Objects.requireNonNull(body, "body"), count -> body.call(), false);
    }

    /**
     * Makes one that is not running.
     *
     * @param scheduler measures the time, and makes the calls
     * @param body is called again and again
     */
    public LoopingCall(Scheduler scheduler, Action body) {
        this(
                scheduler,
                Objects.requireNonNull(body, "body"),
                count -> {
                    body.run();
                    return Masked.as(null);
                },
                false);
    }

    private LoopingCall(Scheduler scheduler, Object shown, Callback<? super Long, ?> body, boolean counts) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.shown = shown;
        this.body = ContextPropagation.carry(body);
        this.counts = counts;
    }

    /**
     * Makes one that tells its function how many calls were due since it was last called: 1 if it is in time, more if some were left out, and never 0. With an interval of zero it is always 1.
     * The counts add up to the number of intervals that have passed, and one more if the first call was made at once. It counts on when it is stopped and started again: the intervals in between are counted with the first call, and a call for which
     * none has passed is not made.
     *
     * @param scheduler measures the time, and makes the calls
     * @param body is called again and again; a Deferred that it returns is waited for, any other result is dropped
     * @return a new one, not running
     */
    public static LoopingCall withCount(Scheduler scheduler, Callback<? super Long, ?> body) {
        return new LoopingCall(scheduler, Objects.requireNonNull(body, "body"), body, true);
    }

    /**
     * Starts, and makes the first call at once, on this thread.
     *
     * @param interval from one call to the next; zero means as fast as the scheduler can
     * @return fires with this LoopingCall when it has been stopped and the last call has ended; fails with what ends the loop otherwise
     * @throws IllegalArgumentException if the interval is negative
     * @throws IllegalStateException if it is running
     */
    public Deferred<LoopingCall> start(Duration interval) {
        return start(interval, First.NOW);
    }

    /**
     * Starts. If it was stopped while a call was under way, that call's Deferred is no concern of this start: the two may overlap. A function that stops and starts its own loop is best started again
     * with {@link First#AFTER_INTERVAL}.
     *
     * @param interval from one call to the next; zero means as fast as the scheduler can
     * @param first when the first call is made
     * @return fires with this LoopingCall when it has been stopped and the last call has ended; fails with what ends the loop otherwise
     * @throws IllegalArgumentException if the interval is negative
     * @throws IllegalStateException if it is running
     */
    public Deferred<LoopingCall> start(Duration interval, First first) {
        Objects.requireNonNull(first, "first");
        checkNotRunning(running.get());
        long nanos = Durations.nanos(interval, "interval");
        LoopRun run = new LoopRun(this, interval, new Ticks(Durations.signedNanos(scheduler.now()), nanos, first));
        checkNotRunning(running.compareAndExchange(null, run));
        this.interval = interval;
        run.begin(first);
        return run.done;
    }

    private void checkNotRunning(@Nullable LoopRun other) {
        if (other != null) {
            throw new IllegalStateException(this + " is running already; stop() it before it is started again");
        }
    }

    /**
     * Stops: no further call is made. If one is under way it comes to its end first, and then start's Deferred fires; otherwise that fires within this call.
     *
     * @throws IllegalStateException if it is not running
     */
    public void stop() {
        LoopRun run = running.getAndSet(null);
        if (run == null) {
            throw notRunning("stopped");
        }
        run.stop();
    }

    /**
     * Skips the call that is armed, and counts the intervals from now on. While a call is under way this does nothing.
     *
     * @throws IllegalStateException if it is not running
     */
    public void reset() {
        LoopRun run = running.get();
        if (run == null || !run.reset()) {
            throw notRunning("reset");
        }
    }

    private IllegalStateException notRunning(String what) {
        return new IllegalStateException(this + " is not running, and so cannot be " + what + "; start() it first");
    }

    /**
     * Tells whether it has been started, and neither stopped nor cancelled nor ended by a failure.
     *
     * @return false from the moment of {@link #stop()}, even if a call is still under way
     */
    public boolean running() {
        return running.get() != null;
    }

    /**
     * Returns the interval with which it was last started.
     *
     * @return empty before the first start
     */
    public Optional<Duration> interval() {
        return Optional.ofNullable(interval);
    }

    /** This run makes no further call. */
    void leave(LoopRun run) {
        running.compareAndSet(run, null);
    }

    /** Returns what it calls, and how often if it is running. */
    @Override
    public String toString() {
        LoopRun run = running.get();
        return "LoopingCall[" + (run == null ? "not running" : "every " + run.interval) + ", calls "
                + Shown.brief(shown) + "]";
    }
}
