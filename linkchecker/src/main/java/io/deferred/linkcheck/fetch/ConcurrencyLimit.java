// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs at most so many tasks at a time; the others wait in the order in which they came.
 *
 * <p>A task is started by the thread that hands it in, or by the one that ends another task. Tasks are started one
 * after the other, never from within the start of another: a long row of tasks that end at once needs no deeper stack
 * than one.
 */
public final class ConcurrencyLimit {
    /** A turn that was cancelled stays in the queue until it comes up; the permit that it is given then comes back. */
    private final Queue<Deferred<ConcurrencyLimit>> waiting = new ArrayDeque<>(); // guarded by this

    private int free; // guarded by this
    private boolean starting; // guarded by this: some thread is in startWaiting, and sees what is added

    /**
     * Makes one.
     *
     * @param limit how many tasks may run at a time
     */
    public ConcurrencyLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one task has to run at a time, not " + limit);
        }
        free = limit;
    }

    /**
     * Runs a task when there is room for it.
     *
     * @param task is over when the Deferred that it returns has fired
     * @param <T> the type of its result
     * @return its result. Cancelling this before its turn takes the task back; afterwards the cancel goes to the task
     */
    public <T extends @Nullable Object> Deferred<T> run(Callable<Deferred<T>> task) {
        Deferred<ConcurrencyLimit> turn = new Deferred<ConcurrencyLimit>().onLateResult(ignored -> release());
        Deferred<T> result =
                turn.chainCallback(ignored -> Deferred.<T>defer(task).tapBoth(outcome -> release()));
        synchronized (this) {
            waiting.add(turn);
        }
        startWaiting();
        return result;
    }

    private void release() {
        synchronized (this) {
            free++;
        }
        startWaiting();
    }

    private void startWaiting() {
        synchronized (this) {
            if (starting) {
                return;
            }
            starting = true;
        }
        for (Deferred<ConcurrencyLimit> turn = next(); turn != null; turn = next()) {
            turn.callback(this);
        }
    }

    private synchronized @Nullable Deferred<ConcurrencyLimit> next() {
        if (free == 0 || waiting.isEmpty()) {
            starting = false;
            return null;
        }
        free--;
        return waiting.remove();
    }
}
