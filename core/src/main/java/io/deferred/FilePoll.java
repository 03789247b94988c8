// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the first in the line of a {@link DeferredFileLock} does: tries for the file at once, at each interval, and a last time when it is cancelled. */
final class FilePoll implements Line {
    /*
     * State: it goes on until over. Whoever makes it over fires the Deferred, a few instructions later.
     *
     * Attempts on two threads may overlap, a scheduled one and those of cancels: the file goes to one of them, and back if another one has made the poll over by then.
     */

    // immutable
    private final DeferredFileLock lock;
    private final Deferred<DeferredFileLock> end = new Deferred<>(new Withdraw<>(this));

    // guarded by this
    private boolean over;
    private int attempts; // scheduled ones, the first included
    private @Nullable DelayedCall next;

    private FilePoll(DeferredFileLock lock) {
        this.lock = lock;
    }

    static Deferred<DeferredFileLock> start(DeferredFileLock lock) {
        FilePoll poll = new FilePoll(lock);
        Callback<Failure, @Nullable Object> giveUp = poll::giveUp;
        poll.end.add(null, giveUp); // runs before what follows the poll: there the lock is free for others
        lock.pollHasBegun();
        poll.attempt();
        return poll.end;
    }

    private void attempt() {
        int number = nextAttempt();
        if (number == 0) {
            return;
        }
        HeldFile file;
        try {
            file = lock.attempt();
            if (file == null) {
                arm(number);
                return;
            }
        } catch (Throwable t) {
            Failure failure = Failure.caught(t, Masked.NIL, end);
            if (!finish(null, failure)) {
                end.late(failure);
            }
            return;
        }
        finish(file, lock);
    }

    /** The number of this scheduled attempt; zero if it comes too late. */
    private synchronized int nextAttempt() {
        next = null;
        return over ? 0 : ++attempts;
    }

    private void arm(int number) {
        DelayedCall call = lock.afterInterval(this::attempt);
        synchronized (this) {
            if (!over) {
                if (number == attempts) { // else it has been made already, and has armed the one after it
                    next = call;
                }
                return;
            }
        }
        TakeBack.call(call);
    }

    /** Ends the poll with this result. Gives the file back, and returns false, if it has come to its end before. */
    private boolean finish(@Nullable HeldFile file, Object result) {
        if (!end()) {
            if (file != null) {
                giveBack(file);
            }
            return false;
        }
        if (file != null) {
            lock.hold(file);
        }
        if (!end.fire(result) && file != null) {
            lock.release(); // somebody has fired it who had no right to
        }
        disarm();
        return true;
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    private static void giveBack(HeldFile file) {
        try {
            file.close();
        } catch (IOException e) {
            UnhandledFailures.report(new Failure(e), "a file that was locked too late");
        }
    }

    private void disarm() {
        DelayedCall armed;
        synchronized (this) {
            armed = next;
            next = null;
        }
        TakeBack.call(armed);
    }

    private Failure giveUp(Failure failure) {
        end();
        disarm();
        lock.pollHasFailed();
        return failure;
    }

    /** The last attempt. False if somebody is about to fire the Deferred. */
    @Override
    public boolean withdraw(Pipeline waiter) {
        if (isOver()) {
            return false;
        }
        disarm();
        CancelledException cancelled = CancelledException.of(end);
        HeldFile file = null;
        try {
            file = lock.attempt();
        } catch (Throwable t) {
            cancelled.addSuppressed(t);
        }
        return finish(file, file == null ? new Failure(cancelled) : lock);
    }

    private synchronized boolean isOver() {
        return over;
    }

    @Override
    public String awaited() {
        return lock.toString();
    }
}
