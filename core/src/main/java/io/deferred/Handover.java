// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives what there is to those who wait for it, first come, first served. What locks, semaphores, queues and events have in common; Twisted's {@code _ConcurrencyPrimitive}.
 *
 * @param <T> what is given
 */
abstract class Handover<T extends @Nullable Object> {
    /*
     * State: the supply, which subclasses keep, and the line of those who wait. Both are guarded by the monitor of this object, which is never held while a Deferred is fired.
     *
     * Invariants
     * I1 Supply and line are both non-empty only while some thread is giving and runs callbacks that have added to the supply; that thread looks once more before it stops.
     * I2 A waiter is in the line, or one thread alone is about to fire it: the one that took it out.
     * I3 Nobody passes the line, unless the supply has no end: who comes while there is one joins it.
     *
     * Accepted race: a waiter that others cancel before such callbacks have returned leaves the line although the supply was added for it. A queue may then hold an item too many.
     *
     * A thread that is giving already, further down its own stack, only adds to the supply: a row of waiters that each give back at once needs no deeper stack than one.
     * Another thread gives by itself, so that a callback which takes its time holds up nobody else's.
     *
     * Differences from Twisted: there, each nested release hands over within itself.
     */

    // guarded by this
    private final Set<Deferred<T>> line = new LinkedHashSet<>();
    private final List<Thread> giving = new ArrayList<>(1);

    /** Whether a hand-over was ever left to one further down the stack: where the order is not Twisted's. Nothing here depends on it. */
    private boolean leftToOuter;

    private final Withdraw<T> canceller = new Withdraw<>(new Standing());

    /** Apart from this, whose methods are users' own. */
    private final class Standing implements Line {
        @Override
        public boolean withdraw(Pipeline waiter) {
            return Handover.this.withdraw(waiter);
        }

        @Override
        public String awaited() {
            return Handover.this.awaited();
        }

        @Override
        public List<Pipeline> holders() {
            return Handover.this.holders();
        }

        @Override
        public Object identity() {
            return Handover.this;
        }
    }

    /** What is handed over here, in words, for a dump. */
    String awaited() {
        return toString();
    }

    /** Who has what is handed over here, as far as known. */
    List<Pipeline> holders() {
        return List.of();
    }

    /** It has been given to that one. Called with the monitor held. */
    void noteGiven(Pipeline given) {}

    /** How much there is to give. Called with the monitor held, as the next four are. */
    abstract int supply();

    /** Adds a piece to the supply, or refuses it by throwing. */
    abstract void add(Object piece);

    /** Takes a piece of the supply, in slot form. */
    abstract Object take();

    /** Puts a piece back that could not be given. */
    abstract void putBack(Object piece);

    /** Refuses, by throwing, one more who would wait. */
    void checkRoomInLine() {}

    /** Whether the supply is without end, and nobody has to stand behind those who are just being served. */
    boolean passesLine() {
        return false;
    }

    /** A piece of the supply, now or when there is one. */
    final Deferred<T> demand() {
        Object piece;
        synchronized (this) {
            if (supply() == 0 || (!line.isEmpty() && !passesLine())) {
                checkRoomInLine();
                Deferred<T> waiter = new Deferred<>(canceller);
                line.add(waiter);
                return waiter;
            }
            piece = take();
        }
        Deferred<T> served = new Deferred<>();
        if (served.story() != null) {
            noteGivenTo(served);
        }
        served.fire(piece);
        return served;
    }

    /**
     * Returns how many wait.
     *
     * @return those in the line; not the one whose turn has come
     */
    public final synchronized int waiting() {
        return line.size();
    }

    final synchronized boolean hasLeftToOuter() {
        return leftToOuter;
    }

    private synchronized boolean withdraw(Pipeline waiter) {
        return line.remove(waiter);
    }

    /**
     * Adds to the supply, and gives what there is to those who wait, on this thread, unless this thread is at that already. In the very step in which the supply grows, the first of the line is taken out for
     * it: no other thread sees a supply that is promised already, and a cancel that is in time to leave the line is in time for the limits of the supply too.
     */
    final void handOver(Object more) {
        Thread me = Thread.currentThread();
        Deferred<T> waiter;
        Object piece;
        synchronized (this) {
            add(more);
            if (isNothingToGive()) {
                return;
            }
            if (giving.contains(me)) {
                leftToOuter = true;
                return;
            }
            giving.add(me);
            waiter = firstOfLine();
            piece = take();
        }
        try {
            for (; ; ) {
                boolean given = waiter.fire(piece);
                synchronized (this) {
                    if (!given) {
                        putBack(piece); // whoever holds the waiter has fired it
                    }
                    if (isNothingToGive()) {
                        return;
                    }
                    waiter = firstOfLine();
                    piece = take();
                }
            }
        } finally {
            synchronized (this) {
                giving.remove(me);
            }
        }
    }

    private synchronized void noteGivenTo(Pipeline served) {
        noteGiven(served);
    }

    private boolean isNothingToGive() {
        return line.isEmpty() || supply() == 0;
    }

    /** Takes the first one who waits out of the line, which is not empty. */
    private Deferred<T> firstOfLine() {
        Iterator<Deferred<T>> places = line.iterator();
        Deferred<T> first = places.next();
        places.remove();
        if (first.story() != null) {
            noteGiven(first);
        }
        return first;
    }
}
