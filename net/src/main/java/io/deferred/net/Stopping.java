// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DeferredEvent;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The way of a reactor to its end. */
final class Stopping {
    /*
     * State: RUNNING -> DRAINING -> ENDING -> OVER, or RUNNING -> ENDING -> OVER. A stop that comes while it drains ends the drain.
     */
    private enum State {
        RUNNING,
        DRAINING,
        ENDING,
        OVER
    }

    /** How long what has been aborted may take to tell its peers; then the engine closes the rest. */
    private static final Duration ABORTING = Duration.ofSeconds(2);

    private final Reactor reactor;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final DeferredEvent over = new DeferredEvent();
    private final CountDownLatch latch = new CountDownLatch(1);

    /** Given to a loop that ends: in its last moment the engine takes a task, and does not run it. */
    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

    Stopping(Reactor reactor) {
        this.reactor = reactor;
    }

    boolean hasBegun() {
        return state.get() != State.RUNNING;
    }

    boolean isOver() {
        return state.get() == State.OVER;
    }

    Deferred<@Nullable Void> whenOver() {
        return over.whenSet();
    }

    void waitUntilOver(Duration limit) {
        try {
            if (!latch.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("the loop of " + reactor + " has not ended after " + limit
                        + "; something blocks it: see its thread in a thread dump");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends without a witness
        }
    }

    /** With no patience at all, null, it stops. */
    void begin(@Nullable Duration patience) {
        if (patience == null) {
            if (state.compareAndSet(State.RUNNING, State.ENDING) || state.compareAndSet(State.DRAINING, State.ENDING)) {
                reactor.run(this::end);
            }
        } else if (state.compareAndSet(State.RUNNING, State.DRAINING)) {
            reactor.run(() -> drain(patience));
        }
    }

    private void drain(Duration patience) {
        if (state.get() != State.DRAINING) {
            return; // a stop on another thread has overtaken it
        }
        reactor.residents()
                .each(Resident::drain)
                .addTimeout(patience, reactor)
                .handle(late -> {}) // they are aborted next
                .tapBoth(drained -> {
                    if (state.compareAndSet(State.DRAINING, State.ENDING)) {
                        reactor.run(this::end);
                    }
                });
    }

    private void end() {
        reactor.residents()
                .each(Resident::abort)
                .addTimeout(ABORTING, reactor)
                .handle(late -> {}) // the engine closes what is left
                .tapBoth(aborted -> {
                    reactor.scheduler().close();
                    reactor.engine().end(this::ended);
                });
    }

    /** Sees to it that what somebody has just given to the loop is run, should it end meanwhile; to be run by both is for the task to prevent. */
    void given(Once task) {
        State now = state.get();
        if (now == State.ENDING || now == State.OVER) {
            late.add(task);
            if (isOver()) {
                runLate();
            }
        }
    }

    private void runLate() {
        for (Runnable task = late.poll(); task != null; task = late.poll()) {
            try {
                task.run();
            } catch (Throwable t) {
                Unhandled.report(t, "a task of " + reactor.name());
            }
        }
    }

    private void ended() {
        state.set(State.OVER);
        runLate();
        latch.countDown();
        over.set();
    }
}
