// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a {@link SystemScheduler} has armed, and the one thread that hands over to the executor what is due. Times are in nanoseconds since this class was loaded. */
final class Timekeeper {
    /*
     * State of a call: which heap it is in, or the value of its index
     *
     *   armed -> handedOver              (handOverDue: the executor gets it)
     *   armed, handedOver -> armed       (move)
     *   handedOver -> CALLED             (begin, by the executor)
     *   armed, handedOver -> CANCELLED   (tryCancel, close)
     *
     * State of the thread: wakesAt
     *
     *   NO_THREAD -> AWAKE               (put; who has put something there starts a thread)
     *   a moment -> AWAKE                (put, of what is due before that: who has put it there wakes the thread; or handOverDue, by the thread itself)
     *   AWAKE, a moment -> a moment      (sleepFrom: the thread sleeps until then, or until it is woken)
     *   AWAKE, a moment -> NO_THREAD     (sleepFrom: it ends; start: there is none to be had; replace: it has died)
     *
     * Invariants
     * I1 What is armed is due at wakesAt or later, or the thread is awake: it looks at all that is armed before it sleeps again.
     * I2 One thread at most hands over: another one finds the first, and ends.
     *
     * Why it is safe: all this changes with the monitor of this object, which is held for no more than a way up or down a heap, or a copy of one. Without it threads are made, started and
     * woken, and the executor is called. A wake-up that comes late or in vain costs one more look.
     *
     * Accepted races: when there is no thread to be had (no memory), what others have armed meanwhile is left to the next who arms something.
     */
    static final long NO_THREAD = Long.MAX_VALUE;
    static final long AWAKE = Long.MIN_VALUE;
    private static final long END = 0;
    private static final long ORIGIN = System.nanoTime();

    // immutable
    private final Executor executor;
    private final ThreadFactory threads;
    private final long idleNanos;

    // shared: guarded by this; anyone may read which thread it is
    final TimerHeap armed = new TimerHeap();
    final TimerHeap handedOver = new TimerHeap();
    private int armings;
    private long wakesAt = NO_THREAD;
    private volatile @Nullable Thread thread;
    private int armingsWhenIdle; // when the thread last found nothing armed
    private long busyAt; // when it last found something, or that there had been something since
    private boolean closed;

    /** Makes one whose threads end when nothing has been armed for so many nanoseconds. */
    Timekeeper(Executor executor, ThreadFactory threads, long idleNanos) {
        this.executor = executor;
        this.threads = threads;
        this.idleNanos = idleNanos;
    }

    static long now() {
        return System.nanoTime() - ORIGIN;
    }

    /** When the thread, if it sleeps, wakes up at the latest. */
    synchronized long wakesAt() {
        return wakesAt;
    }

    /** All calls that are active, in the order in which they are due. */
    synchronized List<TimerEntry> calls() {
        List<TimerEntry> calls = new ArrayList<>();
        armed.copyTo(calls);
        handedOver.copyTo(calls);
        calls.sort(TimerHeap::compare);
        return calls;
    }

    void close() {
        synchronized (this) {
            closed = true;
            calls().forEach(this::tryCancel);
        }
        LockSupport.unpark(thread); // to its end
    }

    // ---- what becomes of a call

    void arm(TimerEntry call, long nanosFromNow) {
        long due = Durations.later(now(), nanosFromNow);
        boolean overslept;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the scheduler is closed; nothing can be armed on it");
            }
            overslept = put(call, due);
        }
        if (overslept) {
            wake(call);
        }
    }

    /** Makes a call due at another time, which may depend on the one at which it was. */
    void move(TimerEntry call, LongUnaryOperator newDue) {
        boolean overslept;
        synchronized (this) {
            call.checkActive();
            armed.makeRoom();
            takeOut(call);
            overslept = put(call, newDue.applyAsLong(call.due));
        }
        if (overslept) {
            wake(call);
        }
    }

    /** The executor begins it. False if that is not to be: it has been cancelled, moved, or begun before. */
    synchronized boolean begin(TimerEntry call) {
        boolean begun = handedOver.remove(call);
        if (begun) {
            call.index = TimerEntry.CALLED;
        }
        return begun;
    }

    synchronized void cancel(TimerEntry call) {
        call.checkActive();
        tryCancel(call);
    }

    synchronized boolean tryCancel(TimerEntry call) {
        boolean cancelled = takeOut(call);
        if (cancelled) {
            call.index = TimerEntry.CANCELLED;
        }
        return cancelled;
    }

    private boolean takeOut(TimerEntry call) {
        return armed.remove(call) || handedOver.remove(call);
    }

    /** Puts it among the armed ones. True if the thread would sleep for too long, or there is none. */
    private boolean put(TimerEntry call, long due) {
        call.due = due;
        call.order = ++armings;
        armed.add(call);
        if (due >= wakesAt) {
            return false;
        }
        wakesAt = AWAKE;
        return true;
    }

    // ---- the thread

    private void wake(TimerEntry call) {
        Thread sleeper = thread;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
            return;
        }
        try {
            start();
        } catch (Throwable t) {
            tryCancel(call);
            throw t;
        }
    }

    private void start() {
        try {
            threads.newThread(this::run).start();
        } catch (Throwable t) {
            synchronized (this) {
                wakesAt = thread == null ? NO_THREAD : wakesAt;
            }
            throw t;
        }
    }

    private void run() {
        synchronized (this) {
            if (thread != null) {
                return;
            }
            thread = Thread.currentThread();
        }
        try {
            for (long nanos = handOverDue(); nanos != END; nanos = handOverDue()) {
                LockSupport.parkNanos(this, nanos);
                Thread.interrupted(); // by an action that ran here: it is over, and this thread could not sleep
            }
        } catch (Throwable t) {
            replace();
            throw t;
        }
    }

    /** This thread dies (no memory): another one goes on, now if something is armed. */
    private void replace() {
        boolean needed;
        synchronized (this) {
            thread = null;
            needed = armed.first() != null;
            wakesAt = needed ? AWAKE : NO_THREAD;
        }
        if (needed) {
            start();
        }
    }

    /** Hands over what is due. Returns for how long to sleep then, or END. */
    private long handOverDue() {
        for (; ; ) {
            TimerEntry due;
            synchronized (this) {
                long now = now();
                due = armed.first();
                if (due == null || due.due > now) {
                    return sleepFrom(now, due);
                }
                handedOver.makeRoom();
                armed.remove(due);
                handedOver.add(due);
                wakesAt = AWAKE;
            }
            handOver(due);
        }
    }

    /** Decides how long to sleep, the next call being due later; or ends. For the thread, with the monitor. */
    long sleepFrom(long now, @Nullable TimerEntry next) {
        armed.trim();
        handedOver.trim();
        if (next != null || armings != armingsWhenIdle) {
            busyAt = now;
        }
        if (next == null) {
            armingsWhenIdle = armings;
        }
        long end = busyAt + idleNanos;
        if (closed || now >= end) {
            thread = null;
            wakesAt = NO_THREAD;
            return END;
        }
        wakesAt = next == null ? end : Math.min(end, next.due);
        return wakesAt - now;
    }

    private void handOver(TimerEntry call) {
        try {
            executor.execute(call);
        } catch (Throwable t) {
            if (call.tryCancel()) {
                UnhandledFailures.report(new Failure(t), "a delayed call that the executor did not take");
            }
        }
    }
}
