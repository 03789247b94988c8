// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** So many operations at a time, each in a slot with a thread of its own; the others wait in a line, first come, first served. */
final class Slots {
    /*
     * Invariants
     * I1 The line is empty while a slot is free.
     * I2 An operation is in the line, or in one slot, or over as far as this is concerned.
     *
     * A thread that has ended an operation takes the next one of the line into the same slot: an operation that waits costs no further hand-over between threads. One that leaves the line costs nothing any more.
     */
    // immutable
    private final Executor threads;
    private final Runnable whenIdle;

    // guarded by this
    private final @Nullable Operation<?>[] running;
    private final int[] free;
    private int freeCount;
    private final Line line = new Line();
    private boolean closed;

    /** The other function is called when it has been closed and nothing is left, once or more often. */
    Slots(int size, Executor threads, Runnable whenIdle) {
        this.threads = threads;
        this.whenIdle = whenIdle;
        this.running = new Operation<?>[size];
        this.free = new int[size];
        for (int slot = 0; slot < size; slot++) {
            free[slot] = slot;
        }
        this.freeCount = size;
    }

    /** Takes it in; false if it is refused, because this has been closed. */
    boolean submit(Operation<?> operation) {
        int slot;
        synchronized (this) {
            if (closed) {
                return false;
            }
            if (freeCount == 0) {
                line.add(operation);
                return true;
            }
            slot = free[--freeCount];
            running[slot] = operation;
        }
        start(slot, operation);
        return true;
    }

    /** If there is no thread to be had, all fail who would need this one: nobody else might come for them. */
    private void start(int slot, Operation<?> first) {
        for (Operation<?> operation = first; operation != null; operation = next(slot)) {
            Operation<?> begun = operation;
            try {
                threads.execute(() -> work(slot, begun));
                return;
            } catch (Throwable t) {
                operation.refuse(new Failure(t));
            }
        }
    }

    private void work(int slot, Operation<?> first) {
        for (Operation<?> operation = first; operation != null; operation = next(slot)) {
            operation.perform();
            Thread.interrupted(); // what has interrupted the user's function is not for the next one
        }
    }

    private @Nullable Operation<?> next(int slot) {
        boolean idle;
        synchronized (this) {
            Operation<?> first = line.poll();
            running[slot] = first;
            if (first != null) {
                return first;
            }
            free[freeCount++] = slot;
            idle = isIdle();
        }
        if (idle) {
            whenIdle.run();
        }
        return null;
    }

    private boolean isIdle() {
        return closed && freeCount == free.length && line.isEmpty();
    }

    /** Takes one out of the line, if it is there. */
    void withdraw(Operation<?> operation) {
        boolean idle;
        synchronized (this) {
            idle = line.remove(operation) && isIdle();
        }
        if (idle) {
            whenIdle.run();
        }
    }

    /** Refuses whatever comes from now on; false if it does so already. */
    boolean close() {
        boolean idle;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            idle = isIdle();
        }
        if (idle) {
            whenIdle.run();
        }
        return true;
    }

    /** Those in slots, then those in the line. */
    synchronized List<Operation<?>> operations() {
        List<Operation<?>> all = new ArrayList<>();
        for (Operation<?> operation : running) {
            if (operation != null) {
                all.add(operation);
            }
        }
        line.addTo(all);
        return all;
    }

    synchronized int inUse() {
        return free.length - freeCount;
    }

    synchronized int waiting() {
        return line.size();
    }
}
