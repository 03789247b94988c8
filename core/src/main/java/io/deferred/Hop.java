// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way of a pipeline to an executor, made by {@link HopStage}: the pipeline waits for {@link #landing}, and only then calls {@link #depart}. Were the executor called
 * before, its thread could be there first, and the pipeline would go on where it is.
 */
final class Hop implements Runnable, Line {
    /*
     * State: what is carried is there until one takes it, and that one alone fires the landing: the task, on whatever thread the executor runs it; the departing thread, when the executor has refused
     * the task; or a cancel.
     *
     * An executor may run the task within execute: it lands on the departing thread. The pipeline goes on there and then, because such an executor may hold something, a lock say, while it runs a
     * task. But the next hop that this run comes to is left to the thread's outermost departure, which makes it when execute has returned: hops in a row do not nest. Only hops of the run that the landing
     * itself has begun are left. A callback in it that calls back into the library has runs of its own, whose hops depart at once: it may block until they have landed.
     */

    /** The innermost hop that is landing on the thread from which it departs. */
    private static final ThreadLocal<@Nullable Hop> LANDING = new ThreadLocal<>();

    // immutable
    final Deferred<@Nullable Object> landing = new Deferred<>(new Withdraw<>(this));
    private final Pipeline traveler;
    private final Executor executor;

    // guarded by this
    private @Nullable Object carried; // in slot form
    private @Nullable Thread departing;

    /** The hops that the run begun by this landing has come to. Confined to the departing thread. */
    private @Nullable Deque<Hop> left;

    Hop(Pipeline traveler, Executor executor, Object carried) {
        this.traveler = traveler;
        this.executor = executor;
        this.carried = carried;
    }

    /**
     * Has the executor called. For the thread that has run the stage, which by now owns nothing of the pipeline.
     *
     * @param begunBy the pipeline with which its run began
     */
    void depart(Pipeline begunBy) {
        Hop around = LANDING.get();
        if (around != null && around.landing == begunBy) {
            around.leave(this);
            return;
        }
        Deque<Hop> waiting = new ArrayDeque<>(1);
        for (Hop hop = this; hop != null; hop = waiting.poll()) {
            hop.callExecutor();
            if (hop.left != null) {
                waiting.addAll(hop.left);
            }
        }
    }

    private void leave(Hop next) {
        if (left == null) {
            left = new ArrayDeque<>(1);
        }
        left.add(next);
    }

    private void callExecutor() {
        Object given;
        synchronized (this) {
            given = carried;
            departing = Thread.currentThread();
        }
        if (given == null) {
            return; // cancelled
        }
        try {
            executor.execute(this);
        } catch (Throwable t) {
            Failure refused = Failure.caught(t, given, traveler);
            if (take() == null) {
                traveler.late(refused);
            } else {
                traveler.setHome(null); // who lands the traveler owns it in all but name
                landHere(refused);
            }
        }
        synchronized (this) {
            departing = null;
        }
    }

    @Override
    public void run() {
        Object taken = take();
        if (taken == null) {
            return;
        }
        if (isDeparting()) {
            landHere(taken);
        } else {
            land(taken);
        }
    }

    synchronized boolean isOver() {
        return carried == null;
    }

    private synchronized boolean isDeparting() {
        return departing == Thread.currentThread();
    }

    private void landHere(Object result) {
        Hop around = LANDING.get();
        LANDING.set(this);
        try {
            land(result);
        } finally {
            if (around == null) {
                LANDING.remove();
            } else {
                LANDING.set(around);
            }
        }
    }

    private void land(Object result) {
        if (!landing.fire(result)) {
            traveler.late(result); // somebody has fired it who had no right to
        }
    }

    private synchronized @Nullable Object take() {
        Object taken = carried;
        carried = null;
        return taken;
    }

    /** Whether the cancel is in time; if not, whoever is about to fire the landing needs a few instructions more. */
    @Override
    public boolean withdraw(Pipeline waiter) {
        Object taken = take();
        if (taken == null) {
            return false;
        }
        if (taken instanceof Failure) {
            land(taken); // a cancel stops what is to come; it does not hide what has gone wrong
        } else {
            land(new Failure(CancelledException.of(traveler)));
            traveler.late(taken);
        }
        return true;
    }

    @Override
    public String awaited() {
        return "the executor of continueOn, " + Shown.brief(executor);
    }
}
