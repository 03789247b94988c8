// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.deferred.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of a pool: waits, then cancels, then takes the connections away, then gives up. */
final class Closing {
    /** What has been cancelled, or lost its connection, should end within this time. */
    static final Duration AFTERMATH = Duration.ofSeconds(10);

    /** A limit that nobody lives to see, and that can be added to. */
    private static final Duration FOR_EVER = Duration.ofDays(365_000);

    // immutable
    private final Slots slots;
    private final Scheduler scheduler;
    private final Executor helpers;
    private final String name;

    // guarded by this
    private @Nullable Duration limit;
    private final List<Deferred<@Nullable Void>> waiters = new ArrayList<>();
    private @Nullable DelayedCall next;
    private @Nullable Outcome<@Nullable Void> end;

    /** The helpers take connections away, which may block. */
    Closing(Slots slots, Scheduler scheduler, Executor helpers, String name) {
        this.slots = slots;
        this.scheduler = scheduler;
        this.helpers = helpers;
        this.name = name;
    }

    /** Another one each time: a cancel of it is of no consequence. */
    Deferred<@Nullable Void> ended() {
        Deferred<@Nullable Void> waiter = new Deferred<@Nullable Void>().named("the closing of pool '" + name + "'");
        Outcome<@Nullable Void> known = endOrWait(waiter);
        if (known != null) {
            tell(waiter, known);
        }
        return waiter;
    }

    private synchronized @Nullable Outcome<@Nullable Void> endOrWait(Deferred<@Nullable Void> waiter) {
        if (end == null) {
            waiters.add(waiter);
        }
        return end;
    }

    /** Limits the time until all are cancelled; the first limit stays. Returns what is in force. */
    synchronized Duration limit(Duration atMost) {
        if (limit == null) {
            limit = atMost.compareTo(FOR_EVER) < 0 ? atMost : FOR_EVER;
        }
        return limit;
    }

    void start(Duration inForce) {
        if (inForce.isZero()) {
            cancelAll();
        } else {
            arm(inForce, this::cancelAll);
        }
    }

    /** How long the whole may take in real time under a limit, with something to spare. */
    static Duration patience(Duration inForce) {
        return inForce.plus(AFTERMATH.multipliedBy(4));
    }

    private void cancelAll() {
        arm(AFTERMATH, this::abortAll); // first: errbacks run within a cancel, and may take their time
        slots.operations().forEach(operation -> operation.deferred().cancel());
    }

    private void abortAll() {
        arm(AFTERMATH, this::giveUp);
        slots.operations().forEach(operation -> helpers.execute(operation::abort));
    }

    private void giveUp() {
        List<Operation<?>> left = slots.operations();
        String list = left.stream()
                .map(operation -> operation.shown(scheduler.now()).toString())
                .collect(Collectors.joining("; "));
        finish(new Outcome.Failed<>(new Failure(new TimeoutException("pool '" + name
                + "' is closed, but these have neither heeded their cancel nor noticed that their connection is gone: "
                + list))));
    }

    /** Nothing is left. */
    void idle() {
        finish(new Outcome.Success<>(null));
    }

    private void finish(Outcome<@Nullable Void> outcome) {
        List<Deferred<@Nullable Void>> told;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = outcome;
            if (next != null) {
                next.tryCancel();
            }
            told = List.copyOf(waiters);
            waiters.clear();
        }
        for (Deferred<@Nullable Void> waiter : told) {
            tell(waiter, outcome);
        }
    }

    private static void tell(Deferred<@Nullable Void> waiter, Outcome<@Nullable Void> outcome) {
        if (outcome instanceof Outcome.Failed<?> failed) {
            waiter.errback(failed.failure());
        } else {
            waiter.callback(null);
        }
    }

    private synchronized void arm(Duration delay, Runnable action) {
        if (end == null) {
            next = Arming.callLater(scheduler, delay, action);
        }
    }
}
