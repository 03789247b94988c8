// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a lock and a semaphore have in common: a lock is a semaphore with one token. */
abstract sealed class Tokens<S> extends Handover<S> permits DeferredLock, DeferredSemaphore {
    private final int limit;
    private int free; // guarded by this

    /** In debug mode those that got a token last, the oldest first, as many as there are tokens out. Which of several gives back is not known: it is taken to be the oldest. Guarded by this. */
    private @Nullable Deque<WeakReference<Pipeline>> holders;

    Tokens(int limit) {
        this.limit = limit;
        this.free = limit;
    }

    /** This, as what is acquired. */
    abstract S self();

    /** The message for who releases what nobody holds. */
    abstract String nothingHeld();

    /**
     * Waits for a token. The Deferred has fired when it is returned if a token is free and nobody waits; otherwise it is fired, in the order of the calls, by the thread that releases one.
     * Cancelling it leaves the line, and it fails with {@link CancelledException}; once it has fired, the token is the caller's, to be given back by {@link #release()}. Never blocks.
     *
     * @return a new Deferred that gives this very object
     */
    public final Deferred<S> acquire() {
        return demand();
    }

    /**
     * Gives a token back. If others wait, the first of them gets it, and its callbacks run on this thread within this call; unless this thread is handing over tokens of this object already, further
     * down its stack: then they run there, when what runs now has returned. Never blocks.
     *
     * @throws IllegalStateException if no token is out; nothing is changed by that
     */
    public final void release() {
        handOver(self());
    }

    /**
     * Acquires a token, calls the function, and gives the token back when the Deferred that the function returned has fired, whichever way. If the function throws or returns null, the token goes
     * back at once, and that is the failure.
     *
     * @param function is called when the token is there: now, on this thread, or later, on the one that releases the token
     * @param <R> the type of the result
     * @return the function's result. Cancelling it leaves the line, and the function is never called; once it has been, the cancel goes to the Deferred that it returned
     */
    public final <R extends @Nullable Object> Deferred<R> run(Callable<? extends Deferred<? extends R>> function) {
        return runHolding(this::acquire, function, this::release);
    }

    /** What {@link #run} does, for any kind of lock. */
    static <R extends @Nullable Object> Deferred<R> runHolding(
            Supplier<? extends Deferred<?>> acquire,
            Callable<? extends Deferred<? extends R>> function,
            Runnable release) {
        Objects.requireNonNull(function, "function");
        return acquire.get()
                .chainCallback(ignored -> Deferred.<R>defer(function).tapBoth(outcome -> release.run()));
    }

    /** Takes a token if one is free and nobody waits. */
    final synchronized boolean tryTake() {
        if (waiting() > 0 || free == 0) {
            return false;
        }
        free--;
        return true;
    }

    /** How many are for whoever comes next. What a callback of a hand-over gives back is for those who wait. */
    final synchronized int free() {
        return Math.max(0, free - waiting());
    }

    @Override
    final int supply() {
        return free;
    }

    @Override
    final void add(Object token) {
        if (free == limit) {
            throw new IllegalStateException(nothingHeld());
        }
        free++;
        noteGivenBack(holders == null ? null : holders.poll());
    }

    private void noteGivenBack(@Nullable WeakReference<Pipeline> holder) {
        Pipeline pipeline = holder == null ? null : holder.get();
        Story story = pipeline == null ? null : pipeline.story();
        if (story != null) {
            story.gaveBack(this);
        }
    }

    @Override
    final void noteGiven(Pipeline given) {
        if (holders == null) {
            holders = new ArrayDeque<>(1);
        }
        holders.add(new WeakReference<>(given));
        Story story = given.story();
        if (story != null) {
            story.holds(this);
        }
    }

    @Override
    final synchronized List<Pipeline> holders() {
        List<Pipeline> known = new ArrayList<>();
        if (holders != null) {
            holders.forEach(holder -> {
                Pipeline pipeline = holder.get();
                if (pipeline != null) {
                    known.add(pipeline);
                }
            });
        }
        return known;
    }

    @Override
    final Object take() {
        free--;
        return self();
    }

    @Override
    final void putBack(Object token) {
        free++;
        noteGivenBack(holders == null ? null : holders.pollLast());
    }
}
