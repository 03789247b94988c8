// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes: a file that is locked, and tried for again and again while others have it. Twisted's {@code DeferredFilesystemLock}, on {@link java.nio.channels.FileChannel#tryLock()}.
 *
 * <p>The file is made if it is not there, and left in place when the lock is released; what it contains does not matter. The operating system releases the lock when the process ends, however it ends. Two
 * objects for one file in one JVM exclude each other as two processes do, by whatever path or link they name it. On POSIX systems, other code in the JVM that opens the file itself ends the lock when it closes
 * it; and nobody may delete the file while the lock is in use: use a file that serves nothing else.
 *
 * <p><b>Callbacks</b> of a waiter run on the scheduler's thread; those of one that stood in the line behind others of this object may also run on the thread that has released the lock. Those who wait here get
 * the lock first come, first served, and only the first of them tries for the file; between processes, and between objects, there is no order. No lock of this library is held while a callback runs.
 *
 * <p><b>Memory</b>: what was done before a release happens-before the callbacks of the next one to get the lock by this object.
 *
 * <p><b>Failure</b>: an {@link IOException} (there is no such directory, or no right to write) fails the waiter that has met it, at once; the next one tries by itself. {@link #run} gives the lock back whatever happens.
 *
 * <p><b>Cancellation</b> of the first waiter makes one last attempt, on the canceller's thread: if that gets the lock, the waiter has it, in spite of the cancel; if not, it fails with {@link
 * CancelledException}. So {@code acquire().addTimeout(…)} is Twisted's {@code deferUntilLocked(timeout)}. Those behind the first one just leave the line.
 *
 * <p>This class is safe for use by any thread.
 */
public final class DeferredFileLock {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    // immutable
    private final Path path;
    private final Scheduler scheduler;
    private final Duration interval;

    /** Who has its turn here may try for the file, or holds it. */
    private final DeferredLock line = new DeferredLock();

    /** Not this object, on which users may synchronize and meanwhile cancel. */
    private final Object guard = new Object();

    // guarded by guard
    private @Nullable HeldFile held;
    private boolean polling;

    /**
     * Makes one that looks each second whether the file is free.
     *
     * @param path the file; it is not touched before somebody wants the lock
     * @param scheduler measures the time, and makes the attempts but the first
     */
    public DeferredFileLock(Path path, Scheduler scheduler) {
        this(path, scheduler, INTERVAL);
    }

    /**
     * Makes one.
     *
     * @param path the file; it is not touched before somebody wants the lock
     * @param scheduler measures the time, and makes the attempts but the first
     * @param interval the time between two attempts
     * @throws IllegalArgumentException if the interval is zero or negative
     */
    public DeferredFileLock(Path path, Scheduler scheduler, Duration interval) {
        this.path = path.toAbsolutePath();
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException(
                    "the interval between two attempts to lock a file must be positive, not " + interval);
        }
        this.interval = interval;
    }

    /**
     * Takes the lock if it is free now and nobody waits for it here.
     *
     * @return whether it is the caller's now, to be given back by {@link #release()}
     * @throws IOException if the file cannot be made or opened
     */
    public boolean tryAcquire() throws IOException {
        if (!line.tryTake()) {
            return false;
        }
        boolean acquired = false;
        try {
            HeldFile file = attempt();
            if (file != null) {
                hold(file);
                acquired = true;
            }
        } finally {
            if (!acquired) {
                line.release();
            }
        }
        return acquired;
    }

    /**
     * Waits for the lock. When it is this one's turn, the file is tried for at once, on the thread that calls this or has released the lock, and then at each interval, on the scheduler's; each attempt opens the
     * file. Once the Deferred has fired, the lock is the caller's, to be given back by {@link #release()}. Does not wait for others, only for the file system.
     *
     * @return a new Deferred that gives this very object; cancelling it makes a last attempt
     */
    public Deferred<DeferredFileLock> acquire() {
        return line.acquire().chainCallback(turn -> FilePoll.start(this));
    }

    /**
     * Gives the lock back. If others wait here, it is the next one's turn, within this call; it does not have the lock before it has got the file. Does not wait for others.
     *
     * @throws IllegalStateException if this object does not hold the lock; nothing is changed by that
     * @throws UncheckedIOException if closing the file has failed; the lock is given back all the same, as far as this JVM knows
     */
    public void release() {
        HeldFile file;
        synchronized (guard) {
            file = held;
            held = null;
        }
        if (file == null) {
            throw new IllegalStateException(
                    "the lock of " + path
                            + " was released although this object does not hold it; pair each release() with an acquire() that has fired");
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            line.release();
        }
    }

    /**
     * Acquires the lock, calls the function, and gives the lock back when the Deferred that the function returned has fired, whichever way. If the function throws or returns null, the lock goes back at once, and
     * that is the failure.
     *
     * @param function is called when the lock is held
     * @param <R> the type of the result
     * @return the function's result. Cancelling it while the lock is waited for does what it does to {@link #acquire()}; once the function has been called, the cancel goes to the Deferred that it returned
     */
    public <R extends @Nullable Object> Deferred<R> run(Callable<? extends Deferred<? extends R>> function) {
        return Tokens.runHolding(this::acquire, function, this::release);
    }

    /**
     * Tells whether this object holds the lock.
     *
     * @return false also while others hold it, by another object or in another process
     */
    public boolean locked() {
        synchronized (guard) {
            return held != null;
        }
    }

    /**
     * Returns how many wait for the lock here.
     *
     * @return those in the line, and the first one, who tries for the file
     */
    public int waiting() {
        return line.waiting() + (isPolling() ? 1 : 0);
    }

    private boolean isPolling() {
        synchronized (guard) {
            return polling;
        }
    }

    /** One attempt: the file, or null if it is not free. */
    @Nullable
    HeldFile attempt() throws IOException {
        return HeldFile.tryLock(path);
    }

    DelayedCall afterInterval(Runnable attempt) {
        return scheduler.callLater(interval, attempt);
    }

    void pollHasBegun() {
        synchronized (guard) {
            polling = true;
        }
    }

    /** The one whose turn it is has got the file. */
    void hold(HeldFile file) {
        synchronized (guard) {
            held = file;
            polling = false;
        }
    }

    /** It has not, and its turn is over. */
    void pollHasFailed() {
        synchronized (guard) {
            polling = false;
        }
        line.release();
    }

    @Override
    public String toString() {
        return "DeferredFileLock[" + path + ", " + (locked() ? "locked" : "not held here") + ", " + waiting()
                + " waiting]";
    }
}
