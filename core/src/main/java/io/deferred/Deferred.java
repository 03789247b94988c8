// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container for a result that is not there yet. It is fired once, with a result ({@link #callback}) or an error ({@link #errback}); the callbacks and errbacks
 * attached to it run in the order in which they were added, each given what the one before it returned. Twisted's {@code Deferred}.
 *
 * <p><b>Callbacks</b> run on the thread whose call made them runnable: the one that fires, that adds to a Deferred which has its result, that unpauses, that
 * cancels, or that fires the Deferred this one waits for. Callbacks of one Deferred run one at a time; a thread that finds them running only adds to the queue, and returns. No
 * lock of this library is held while a callback runs. Each {@code add} method returns this same object under the type that its result has by then: go on with
 * the returned reference. A callback that returns a Deferred, by whichever method it was added, makes this one wait for it and go on with its result; the other's
 * own result is null from then on. Null is a result like any other.
 *
 * <p><b>Memory</b>: what a thread did before it fired, and all that a callback did, happens-before the callbacks that follow.
 *
 * <p><b>Failure</b>: whatever a callback throws, or a {@link Failure} that it returns, goes to the next errback; an errback that returns normally ends the failure. What is left
 * unhandled at the end is reported, see {@link UnhandledFailures}. Callers of the methods here are only thrown what they did wrong themselves, and that changes
 * nothing.
 *
 * <p><b>Cancellation</b>: {@link #cancel()} goes to whatever this Deferred waits for now.
 *
 * <p>This class is safe for use by any thread.
 *
 * @param <T> the type of the result at the end of what has been added so far
 */
public sealed class Deferred<T extends @Nullable Object> extends Pipeline permits Gathering {
    /** Makes one that is unfired and has no canceller. */
    public Deferred() {}

    /**
     * Makes one that is unfired.
     *
     * @param canceller is called by {@link #cancel()} while it is unfired, and let go when it fires
     * @throws NullPointerException if the canceller is null
     */
    public Deferred(Canceller<T> canceller) {
        super(Objects.requireNonNull(canceller, "canceller"));
    }

    private Deferred(Object result) {
        super(result);
    }

    /** For a {@link Gathering} of these. */
    Deferred(Deferred<?>[] members) {
        super(members);
    }

    /**
     * Labels it, for messages and {@link #toString()}.
     *
     * @param label what it stands for, a few words
     * @return this
     */
    public Deferred<T> named(String label) {
        side().extras().label(Objects.requireNonNull(label, "label"));
        return this;
    }

    /**
     * Sets what is done with a value that comes after a cancel without a canceller has fired this Deferred: closing it, for instance. A failure that comes too late is logged at DEBUG. With a canceller, which is
     * to see to it that nothing comes any more, a late {@code callback} throws.
     *
     * @param handler called by the thread that comes late; what it throws is reported to the handler of {@link UnhandledFailures}
     * @return this
     */
    @SuppressWarnings(
            "unchecked") // it is given what the producer would have fired, which is of the type the maker says
    public Deferred<T> onLateResult(Consumer<? super T> handler) {
        Objects.requireNonNull(handler, "handler");
        side().extras().onLateResult = (Consumer<@Nullable Object>) (Consumer<?>) handler;
        return this;
    }

    // ---- firing

    /**
     * Fires it with a result: runs the callbacks, on this thread.
     *
     * @param result may be null; a {@link Failure} is taken as {@link #errback(Failure)} takes it
     * @throws AlreadyCalledException if it was fired before, other than by a cancel whose one late result this is
     * @throws IllegalArgumentException if the result is a Deferred
     */
    public void callback(T result) {
        fireOrThrow(Masked.mask(checkedResult(result)));
    }

    /**
     * Fires it with an error: runs the errbacks, on this thread.
     *
     * @param error what went wrong
     * @throws AlreadyCalledException if it was fired before, other than by a cancel whose one late result this is
     * @throws NullPointerException if the error is null; nothing has been fired then
     */
    public void errback(Throwable error) {
        fireOrThrow(Failure.toFire(this, Objects.requireNonNull(error, "error")));
    }

    /**
     * Fires it with a failure that exists already.
     *
     * @param failure what went wrong
     * @throws AlreadyCalledException if it was fired before, other than by a cancel whose one late result this is
     * @throws NullPointerException if the failure is null; nothing has been fired then
     */
    public void errback(Failure failure) {
        fireOrThrow(Objects.requireNonNull(failure, "failure"));
    }

    private void fireOrThrow(Object result) {
        if (!fire(result) && !swallows(result)) {
            throw alreadyCalled(result);
        }
    }

    static @Nullable Object checkedResult(@Nullable Object result) {
        if (result instanceof Deferred<?> deferred) {
            throw new IllegalArgumentException(
                    "the result was to be " + deferred
                            + ", but a Deferred is never the result of another; use chainDeferred, or return it from a callback");
        }
        return result;
    }

    // ---- adding: forms that change the type

    /**
     * Adds a callback. A failure passes it by.
     *
     * @param callback is given the result
     * @param <R> what it returns
     * @return this, with the new type
     */
    @CheckReturnValue
    public <R extends @Nullable Object> Deferred<R> addCallback(Callback<? super T, ? extends R> callback) {
        add(carried(callback, "callback"), null);
        return retyped();
    }

    /**
     * Adds a callback and an errback on the same level: one of them runs, and what the callback throws goes to a later errback, not to this one.
     *
     * @param callback is given the result
     * @param errback is given the failure
     * @param <R> what both return
     * @return this, with the new type
     */
    @CheckReturnValue
    public <R extends @Nullable Object> Deferred<R> addCallbacks(
            Callback<? super T, ? extends R> callback, Callback<? super Failure, ? extends R> errback) {
        Callback<?, ?> onValue = carried(callback, "callback");
        add(onValue, carried(errback, "errback"));
        return retyped();
    }

    /**
     * Adds a function for both sides. To look without changing anything, see {@link #tapBoth}.
     *
     * @param both is given the outcome so far
     * @param <R> what it returns
     * @return this, with the new type
     */
    @CheckReturnValue
    public <R extends @Nullable Object> Deferred<R> addBoth(Callback<? super Outcome<T>, ? extends R> both) {
        Callback<?, ?> stage = Adapters.<T>both(carried(both, "both"));
        add(stage, stage);
        return retyped();
    }

    /**
     * {@link #addCallback} for a callback that returns a Deferred: what follows waits for it, and is given its result.
     *
     * @param callback is given the result
     * @param <R> the type of the returned one's result
     * @return this, with the new type
     */
    @CheckReturnValue
    public <R extends @Nullable Object> Deferred<R> chainCallback(
            Callback<? super T, ? extends Deferred<? extends R>> callback) {
        add(carried(callback, "callback"), null);
        return retyped();
    }

    /**
     * {@link #addCallbacks} for functions that return Deferreds.
     *
     * @param callback is given the result
     * @param errback is given the failure
     * @param <R> the type of the returned ones' results
     * @return this, with the new type
     */
    @CheckReturnValue
    public <R extends @Nullable Object> Deferred<R> chainCallbacks(
            Callback<? super T, ? extends Deferred<? extends R>> callback,
            Callback<? super Failure, ? extends Deferred<? extends R>> errback) {
        Callback<?, ?> onValue = carried(callback, "callback");
        add(onValue, carried(errback, "errback"));
        return retyped();
    }

    /**
     * {@link #addBoth} for a function that returns a Deferred.
     *
     * @param both is given the outcome so far
     * @param <R> the type of the returned one's result
     * @return this, with the new type
     */
    @CheckReturnValue
    public <R extends @Nullable Object> Deferred<R> chainBoth(
            Callback<? super Outcome<T>, ? extends Deferred<? extends R>> both) {
        Callback<?, ?> stage = Adapters.<T>both(carried(both, "both"));
        add(stage, stage);
        return retyped();
    }

    // ---- adding: forms that keep the type

    /**
     * Adds an errback. A result passes it by. What it returns, null too, is a result: to look without handling, see {@link #tapFailure}.
     *
     * @param errback is given the failure
     * @return this
     */
    public Deferred<T> addErrback(Callback<? super Failure, ? extends T> errback) {
        add(null, carried(errback, "errback"));
        return this;
    }

    /**
     * Adds an errback for one type of exception. Other failures pass it by.
     *
     * @param type of the exceptions that it handles
     * @param errback is given the exception itself
     * @param <E> the same type
     * @return this
     */
    public <E extends Throwable> Deferred<T> addErrback(Class<E> type, Callback<? super E, ? extends T> errback) {
        add(null, Adapters.typed(type, carried(errback, "errback")));
        return this;
    }

    /**
     * {@link #addErrback(Callback)} for an errback that returns a Deferred.
     *
     * @param errback is given the failure
     * @return this
     */
    public Deferred<T> chainErrback(Callback<? super Failure, ? extends Deferred<? extends T>> errback) {
        add(null, carried(errback, "errback"));
        return this;
    }

    /**
     * {@link #addErrback(Class, Callback)} for an errback that returns a Deferred.
     *
     * @param type of the exceptions that it handles
     * @param errback is given the exception itself
     * @param <E> the same type
     * @return this
     */
    public <E extends Throwable> Deferred<T> chainErrback(
            Class<E> type, Callback<? super E, ? extends Deferred<? extends T>> errback) {
        add(null, Adapters.typed(type, carried(errback, "errback")));
        return this;
    }

    /**
     * Looks at the result and leaves it as it is; if the observer throws, that is the failure that follows.
     *
     * @param observer is given the result
     * @return this
     */
    public Deferred<T> tap(Consumer<? super T> observer) {
        add(ContextPropagation.carry(Adapters.tap(observer)), null);
        return this;
    }

    /**
     * Looks at the failure and leaves it as it is, which does not handle it.
     *
     * @param observer is given the failure
     * @return this
     */
    public Deferred<T> tapFailure(Consumer<? super Failure> observer) {
        add(null, ContextPropagation.carry(Adapters.tap(observer)));
        return this;
    }

    /**
     * Looks at the outcome and leaves it as it is: what {@code finally} does.
     *
     * @param observer is given the outcome
     * @return this
     */
    public Deferred<T> tapBoth(Consumer<? super Outcome<T>> observer) {
        Callback<@Nullable Object, @Nullable Object> whole = Adapters.<T>tapBoth(observer);
        Callback<?, ?> stage = ContextPropagation.<@Nullable Object, @Nullable Object>carry(whole);
        add(stage, stage);
        return this;
    }

    // ---- ends

    /**
     * Gives the result to a consumer, and goes on with null. A failure passes it by.
     *
     * @param consumer is given the result
     * @return this, with nothing left in it
     */
    public Deferred<@Nullable Void> consume(Consumer<? super T> consumer) {
        add(ContextPropagation.carry(Adapters.end(consumer)), null);
        return retyped();
    }

    /**
     * Handles whatever failure there is, and goes on with null. So does a result, which is dropped: this is the last in a row.
     *
     * @param handler is given the failure
     * @return this, with nothing left in it
     */
    public Deferred<@Nullable Void> handle(Consumer<? super Failure> handler) {
        add(Adapters.TO_NULL, ContextPropagation.carry(Adapters.end(handler)));
        return retyped();
    }

    /**
     * Fires another Deferred with this one's result or failure, and goes on with null: a failure is the other's from then on. If the other was fired before, this goes on with
     * {@link AlreadyCalledException}. Cancelling the other does not touch this one.
     *
     * @param other is fired
     * @return this, with nothing left in it
     */
    public Deferred<@Nullable Void> chainDeferred(Deferred<? super T> other) {
        add(Objects.requireNonNull(other, "other"), Mark.FORWARD);
        return retyped();
    }

    /**
     * Makes a second Deferred with the same outcome, for a second reader, and leaves this one's as it is. A failure belongs to both, and each is to be handled. Cancelling the fork touches
     * only the fork, and is how a reader goes: of the cancelled forks of one that is not fired for long, no more are kept than of the others.
     *
     * @return a new Deferred, fired when this one comes to this point
     */
    public Deferred<T> fork() {
        Deferred<T> fork = new Deferred<>();
        addFork(fork);
        return fork;
    }

    /** A function of a user, to be called in the context of the thread that adds it. */
    private static <A extends @Nullable Object, R extends @Nullable Object> Callback<A, R> carried(
            Callback<A, R> function, String name) {
        return ContextPropagation.carry(Objects.requireNonNull(function, name));
    }

    @SuppressWarnings(
            "unchecked") // one object, one pipeline: the type says where in it the holder of the reference stands
    private <R extends @Nullable Object> Deferred<R> retyped() {
        return (Deferred<R>) this;
    }

    // ---- cancelling, pausing, time

    /**
     * Stops what this Deferred waits for now. While it is unfired: calls its canceller, and fires it with {@link CancelledException} unless the canceller has fired it; without a
     * canceller one later {@code callback} or {@code errback} is taken without a word. While it waits for another Deferred: cancels that one. While another thread runs its callbacks:
     * the next Deferred that this run waits for is cancelled. When it has its result, or from inside one of its own callbacks: does nothing. It never throws,
     * and waits for nobody, but for the few instructions of a thread that is just firing; errbacks that it makes runnable run within this call.
     *
     * @return what it did
     */
    public Cancellation cancel() {
        return cancelNow(false, null);
    }

    /**
     * Holds the callbacks back, from the next one on, until there has been an {@link #unpause()} for each pause.
     */
    public void pause() {
        addPause();
    }

    /**
     * Takes one {@link #pause()} back; the last one runs what has been held back, on this thread.
     *
     * @throws IllegalStateException if it is not paused
     */
    public void unpause() {
        removePause();
    }

    /**
     * Goes on by an executor: the callbacks after this run there, also those that are added when it has come to rest there, until this Deferred waits for another one again, or is paused. From then on they run where
     * that has ended; call this once more to come back.
     *
     * <p>An executor that refuses is the failure that follows, on the thread at hand. One that drops what it is given without a word leaves this Deferred waiting for ever, unless it is cancelled. A cancel that
     * finds it on the way to the executor fails it on the canceller's thread, and the value that it had goes to the handler of {@link #onLateResult}; a failure that is on the way goes on as it is.
     *
     * @param executor is called each time that this Deferred comes to this point; one that calls at once, on the same thread, will do
     * @return this
     */
    public Deferred<T> continueOn(Executor executor) {
        HopStage stage = new HopStage(this, executor);
        add(stage, Mark.HOP);
        return this;
    }

    /**
     * Cancels this Deferred if it has not come to this point after some time, and turns that cancellation, and only that one, into a {@link
     * java.util.concurrent.TimeoutException}. What is added later is not limited by it.
     *
     * @param timeout from now; zero means when the scheduler next looks
     * @param scheduler measures it; its thread cancels
     * @return this
     * @throws IllegalArgumentException if the time-out is negative
     */
    public Deferred<T> addTimeout(Duration timeout, Scheduler scheduler) {
        return limited(timeout, scheduler, null);
    }

    /**
     * Cancels this Deferred if it has not come to this point after some time, and asks what is to become of the outcome then.
     *
     * @param timeout from now; zero means when the scheduler next looks
     * @param scheduler measures it; its thread cancels
     * @param onTimeout is given what the cancel has led to
     * @return this
     * @throws IllegalArgumentException if the time-out is negative
     */
    public Deferred<T> addTimeout(Duration timeout, Scheduler scheduler, OnTimeout<T> onTimeout) {
        OnTimeout<T> decision = ContextPropagation.carry(Objects.requireNonNull(onTimeout, "onTimeout"));
        return limited(timeout, scheduler, decision);
    }

    private Deferred<T> limited(Duration timeout, Scheduler scheduler, @Nullable OnTimeout<T> onTimeout) {
        Timeout<T> stage = Timeout.start(this, timeout, scheduler, onTimeout);
        add(stage, stage);
        return this;
    }

    // ---- reading

    /**
     * Tells whether it has been fired: by {@code callback}, {@code errback} or a cancel.
     *
     * @return true from then on for ever, also while it waits or is paused
     */
    public boolean called() {
        return isFired();
    }

    /**
     * Tells whether pauses are in force.
     *
     * @return whether {@link #unpause()} has to be called for its callbacks to run
     */
    public boolean paused() {
        return pauses() > 0;
    }

    /**
     * Returns the Deferred that it waits for, because a callback returned it.
     *
     * @return empty if it does not wait for one
     */
    public Optional<Deferred<?>> waitingFor() {
        return Optional.ofNullable((Deferred<?>) shownWaitingFor());
    }

    /**
     * Returns the outcome that it has now. Looking does not handle a failure.
     *
     * @return empty while it is unfired, runs its callbacks, or waits
     */
    public Optional<Outcome<T>> outcome() {
        Object result = resultNow();
        return result == null ? Optional.empty() : Optional.of(Adapters.outcome(Masked.unmask(result)));
    }

    /**
     * Blocks this thread until there is an outcome, and leaves it where it is: for main methods and tests. A failure is not handled by that.
     *
     * @param timeout how long to wait; the Deferred is left alone when it is over
     * @return the result
     * @throws java.util.concurrent.TimeoutException if there is no outcome in time
     * @throws InterruptedException if this thread is interrupted meanwhile
     * @throws IllegalStateException if it is called by one of this Deferred's own callbacks, or on the thread of an event loop
     * @throws Exception the very exception with which it failed, whatever its type
     */
    public T get(Duration timeout) throws Exception {
        return Blocking.get(this, timeout);
    }

    /**
     * Waits on this thread for the result and takes it: what is added later sees null, and so does a second await. On a virtual thread nothing but that one waits; {@link #async} gives a body such a
     * thread. Twisted's {@code yield} in a function with {@code inlineCallbacks}, and its {@code await}.
     *
     * <p>A cancel of the Deferred of {@code async} cancels what its body awaits; one that finds the body running is delivered at its next await, which then throws {@link CancelledException} if
     * there is a result already, and leaves that where it is. An interrupt is a cancel too: it is not seen as {@link InterruptedException} here. This goes on waiting until the Deferred has fired, which the
     * cancel sees to, as far as its canceller does. A thread that is no body's, and gets anything but a cancellation in spite of an interrupt, is interrupted again.
     *
     * <p>What the callbacks before this point wrote is seen by this thread afterwards.
     *
     * @return the result
     * @throws IllegalStateException if it would wait for itself (called by one of this Deferred's own callbacks, by one of a Deferred that it waits for, or by the body whose end it waits for), or on
     *     a thread that keeps a scheduler's time or makes its calls, or is an event loop
     * @throws Exception the very exception with which it failed, whatever its type
     */
    public T await() throws Exception {
        Object result = Await.result(this);
        return result instanceof Failure failure ? failure.raise() : Masked.as(Masked.unmask(result));
    }

    /**
     * Returns its label or identity, and one of: nothing (unfired), its current result, what it waits for, that it is running.
     */
    @Override
    public String toString() {
        String state;
        Object result = resultNow();
        Pipeline inner = result == null ? shownWaitingFor() : null;
        if (result != null) {
            state = " current result: " + Shown.brief(Masked.unmask(result));
        } else if (inner != null) {
            state = " waiting on " + inner.describe();
        } else {
            Thread runner = runner();
            state = runner == null ? "" : " running on " + runner.getName();
        }
        return describe() + (paused() ? " paused" : "") + state;
    }

    // ---- making

    /**
     * Makes one that has its result.
     *
     * @param value the result, which may be null
     * @param <T> its type
     * @return a new Deferred
     * @throws IllegalArgumentException if the value is a Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> succeed(T value) {
        return new Deferred<>(Masked.mask(checkedResult(value)));
    }

    /**
     * Makes one that has failed.
     *
     * @param error what went wrong
     * @param <T> the type that the result would have had
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> fail(Throwable error) {
        return fail(new Failure(Objects.requireNonNull(error, "error")));
    }

    /**
     * Makes one that has failed.
     *
     * @param failure what went wrong
     * @param <T> the type that the result would have had
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> fail(Failure failure) {
        return new Deferred<>((Object) Objects.requireNonNull(failure, "failure"));
    }

    /**
     * Makes one in two parts, one that fires and one that is read. When the part that fires is dropped, those who wait for the other are told, by {@link AbandonedException}, some time later: see {@link WriteSide}.
     *
     * @param <T> the type of the result
     * @return a new pair
     */
    public static <T extends @Nullable Object> Pair<T> pair() {
        return Pair.make();
    }

    /**
     * Calls a function that may or may not be asynchronous. What it returns becomes the result; what it throws, or a {@link Failure} that it returns, the failure; a Deferred that
     * it returns is passed through.
     *
     * @param function is called now, on this thread
     * @param <T> the type of the result
     * @return a new Deferred, or the one that the function returned
     */
    public static <T extends @Nullable Object> Deferred<T> maybeDeferred(Callable<? extends T> function) {
        Objects.requireNonNull(function, "function");
        Object returned;
        try {
            returned = function.call();
        } catch (Throwable t) {
            return new Deferred<>((Object) Failure.caught(t, Masked.NIL, null));
        }
        if (returned instanceof Deferred<?> deferred) {
            @SuppressWarnings("unchecked") // as typed as the function is
            Deferred<T> passed = (Deferred<T>) deferred;
            return passed;
        }
        return new Deferred<>(Masked.mask(returned));
    }

    /**
     * Calls a function that returns a Deferred, and turns what it throws into one that has failed.
     *
     * @param function is called now, on this thread
     * @param <T> the type of the result
     * @return the one that the function returned, or a new one
     */
    @SuppressWarnings("unchecked") // a Deferred gives its result to whoever waits: a narrower type of it is as good
    public static <T extends @Nullable Object> Deferred<T> defer(Callable<? extends Deferred<? extends T>> function) {
        Objects.requireNonNull(function, "function");
        try {
            return (Deferred<T>) Objects.requireNonNull(function.call(), "the function returned null for a Deferred");
        } catch (Throwable t) {
            return new Deferred<>((Object) Failure.caught(t, Masked.NIL, null));
        }
    }

    /**
     * Calls a function after some time. Cancelling before that takes the call back; afterwards it goes to the Deferred that the function returned, if it did.
     *
     * @param scheduler measures the time, and makes the call
     * @param delay from now
     * @param function is called once
     * @param <T> the type of its result
     * @return a new Deferred
     * @throws IllegalArgumentException if the delay is negative
     */
    public static <T extends @Nullable Object> Deferred<T> deferLater(
            Scheduler scheduler, Duration delay, Callable<? extends T> function) {
        Objects.requireNonNull(function, "function");
        return deferLater(scheduler, delay).addCallback(ignored -> function.call());
    }

    /**
     * Fires, with null, after some time.
     *
     * @param scheduler measures the time, and fires
     * @param delay from now
     * @return a new Deferred; cancelling it disarms the timer
     * @throws IllegalArgumentException if the delay is negative
     */
    public static Deferred<@Nullable Void> deferLater(Scheduler scheduler, Duration delay) {
        return Sleep.start(scheduler, delay);
    }

    /**
     * Calls a function on a thread of an executor. Twisted's {@code deferToThreadPool}. A cancel takes the call back while it is queued; once the function runs it is left running, as {@link
     * #deferToThread(Executor, OnCancel, Callable)} says of {@link OnCancel#LEAVE_RUNNING}.
     *
     * @param executor calls the function
     * @param function is called once; it may block
     * @param <T> the type of its result
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> deferToThread(
            Executor executor, Callable<? extends T> function) {
        return deferToThread(executor, OnCancel.LEAVE_RUNNING, function);
    }

    /**
     * Calls a function on a thread of an executor, and says what a cancel does to it. What the function returns is the result, what it throws the failure; callbacks run on the executor's thread, unless
     * they are added when the function has ended.
     *
     * <p>A cancel fails the Deferred at once, on the canceller's thread. A function that has not been begun is never called, and let go; of one that runs, what it returns then goes to the handler of {@link
     * #onLateResult}, and what it throws is logged at DEBUG. If the executor refuses, that is the failure; one that drops what it is given without a word leaves the Deferred unfired.
     *
     * @param executor calls the function
     * @param onCancel what a cancel does while the function runs
     * @param function is called once; it may block. If it returns a Deferred, that is an {@link IllegalArgumentException}: return one from a callback, which waits for it
     * @param <T> the type of its result
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> deferToThread(
            Executor executor, OnCancel onCancel, Callable<? extends T> function) {
        return ThreadTask.start(executor, onCancel, function);
    }

    /**
     * Runs straight-line code on a thread of its own, where it can {@link #await()} other Deferreds. Twisted's {@code inlineCallbacks}.
     *
     * <p>Each body has a new virtual thread where the JDK has them (21 and newer), named {@code deferred-async-N}; on older ones, a daemon thread of a pool of this library, of at most 256 threads, or as
     * many as the system property {@code io.deferred.async.threads} says when the first body is started. A body has its thread until the callbacks of its Deferred have run. When all of them are taken the returned Deferred fails at once, with
     * {@link java.util.concurrent.RejectedExecutionException}: bodies that waited for threads could wait for ever.
     *
     * <p>Callbacks of the returned Deferred run on the body's thread, when the body has ended. Cancelling it cancels what the body awaits, or will await next; the body may catch what that gives, and go on: the
     * returned Deferred, which has been fired by the cancel and waits, goes on when the body has ended.
     *
     * @param body what it returns is the result; what it throws, the failure
     * @param <T> the type of the result
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> async(Callable<? extends T> body) {
        return Body.start(body);
    }

    /**
     * {@link #async(Callable)} for a body without a result.
     *
     * @param body what it throws is the failure
     * @return a new Deferred, which gives null
     */
    public static Deferred<@Nullable Void> async(Action body) {
        Objects.requireNonNull(body, "body");
        return Body.start(() -> {
            body.run();
            return null;
        });
    }

    /**
     * Repeats a step until it says stop, each turn after the one before it has fired. Turns that have fired when they are returned follow one another on the same thread, in a loop; after one that was
     * pending the loop goes on where that is fired. It needs no more stack or memory after ten million turns than after one.
     *
     * @param step called for each turn, the first one now, on this thread; what it throws, and a turn that fails, ends the loop with that failure
     * @param <T> the type of the loop's result
     * @return a new Deferred. Cancelling it cancels the turn that is waited for; a loop whose turns have all fired, run by another thread, ends with {@link CancelledException} before its next turn
     */
    public static <T extends @Nullable Object> Deferred<T> loop(
            Callable<? extends Deferred<? extends Turn<? extends T>>> step) {
        return Loop.start(ContextPropagation.carry(Objects.requireNonNull(step, "step")));
    }

    // ---- several

    /**
     * Waits for all values. The members' results stay where they are; a member's failure stays too, and is to be handled there as well.
     *
     * @param deferreds the members; copied
     * @param <T> the type of their values
     * @return a new Deferred: all values in the order of the members, or {@link FirstErrorException} at the first failure. Cancelling it cancels every member. Once it has fired, neither a cancel nor a time-out does anything,
     *     even while it waits for what one of its callbacks has returned: as in Twisted. Where that matters, have another one wait for it: {@code Deferred.succeed(all).chainCallback(ds -> Deferred.gatherResults(ds))}
     */
    public static <T extends @Nullable Object> Deferred<List<T>> gatherResults(
            Collection<? extends Deferred<? extends T>> deferreds) {
        return GatherResults.leaving(GatherResults.<T>membersOf(deferreds));
    }

    /**
     * {@link #gatherResults(Collection)} of these.
     *
     * @param deferreds the members; an array is kept until the result is there, and must be left as it is until then
     * @param <T> the type of their values
     * @return a new Deferred
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Deferred<List<T>> gatherResults(Deferred<? extends T>... deferreds) {
        return GatherResults.leaving(deferreds);
    }

    /**
     * {@link #gatherResults(Collection)} that takes the members' failures: a member that fails goes on with null. Twisted's {@code consumeErrors=True}.
     *
     * @param deferreds the members; copied
     * @param <T> the type of their values
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<List<T>> gatherResultsConsumingErrors(
            Collection<? extends Deferred<? extends T>> deferreds) {
        return GatherResults.consuming(GatherResults.<T>membersOf(deferreds));
    }

    /**
     * Waits for the first value and cancels the others. All are taken: they go on with null.
     *
     * @param deferreds the members; copied
     * @param <T> the type of their values
     * @return a new Deferred: the first value and its place; {@link FailureGroupException} if all fail; {@link IllegalArgumentException} if there are none. Cancelling it cancels
     *     every member
     */
    public static <T extends @Nullable Object> Deferred<Indexed<T>> race(
            Collection<? extends Deferred<? extends T>> deferreds) {
        return Race.of(deferreds);
    }

    // ---- the JDK's futures

    /**
     * Takes over the result of a stage. Cancelling cancels the stage's future, and fails with {@link CancelledException}.
     *
     * @param stage the stage; its own exception arrives without the wrappers that futures put round it
     * @param <T> the type of its value
     * @return a new Deferred, fired by the thread that completes the stage
     */
    public static <T extends @Nullable Object> Deferred<T> fromStage(CompletionStage<? extends T> stage) {
        return Futures.fromStage(stage);
    }

    /**
     * Takes over the result of a future. Cancelling cancels the future (interrupting its thread), and fails with {@link CancelledException}.
     *
     * @param future the future; if it is a {@link CompletionStage} no thread is needed
     * @param executor one of its threads waits for the future, and fires; if it rejects that, the Deferred fails
     * @param <T> the type of its value
     * @return a new Deferred
     */
    public static <T extends @Nullable Object> Deferred<T> fromFuture(Future<? extends T> future, Executor executor) {
        return Futures.fromFuture(future, executor);
    }

    /**
     * Hands the outcome over to a {@link CompletableFuture}: this Deferred goes on with null. Cancelling the future cancels this Deferred; the future of a cancelled Deferred is
     * cancelled. It completes with the very exception of the failure.
     *
     * @return a new future
     */
    public CompletableFuture<T> toCompletableFuture() {
        return Futures.toCompletableFuture(this);
    }
}
