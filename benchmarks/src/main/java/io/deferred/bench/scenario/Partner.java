// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import java.util.concurrent.locks.LockSupport;

/**
 * A second thread, which works when told to. For some microseconds it waits for the next piece of work with a core of its own, as those of a burst follow one another; after that without one, as others
 * are being measured then.
 */
final class Partner {
    private static final int SPINS = 2_000;

    /** How often to look again before other threads are let in. */
    private static final int PATIENCE = 10_000;

    private final Thread thread = new Thread(this::live, "partner");

    // shared; work is set by the owner, and cleared by the partner when it is done
    private volatile Runnable work;
    private volatile Throwable thrown;
    private volatile boolean parked;
    private volatile boolean closed;

    Partner() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Has it do this, beside the caller. */
    void begin(Runnable next) {
        work = next;
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until it is done. */
    void end() {
        for (int i = 0; work != null; i++) {
            relax(i);
        }
        check();
    }

    /** Waits a moment for the partner: the i-th one in a row. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // whether the other threads run at once does not matter, only that they may
    void relax(int i) {
        if (i < PATIENCE) {
            Thread.onSpinWait();
        } else {
            check();
            Thread.yield(); // it may be that the partner has no core
        }
    }

    private void check() {
        Throwable failure = thrown;
        if (failure != null) {
            throw new IllegalStateException("the partner failed", failure);
        }
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void live() {
        while (!closed) {
            Runnable next = awaited();
            if (next != null) {
                try {
                    next.run();
                } catch (Throwable t) {
                    thrown = t;
                }
                work = null;
            }
        }
    }

    private Runnable awaited() {
        for (int i = 0; i < SPINS; i++) {
            if (work != null) {
                return work;
            }
            Thread.onSpinWait();
        }
        parked = true; // whoever brings work sees this, or the next line sees the work
        if (work == null && !closed) {
            LockSupport.park(this);
        }
        parked = false;
        return work;
    }
}
