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
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of a pool: waits, then cancels, then takes the connections away, then gives up. */
final class Closing {
    /** What has been cancelled, or lost its connection, should end within this time. */
    static final Duration AFTERMATH = Duration.ofSeconds(10);

    // immutable
    private final Slots slots;
    private final Scheduler scheduler;
    private final String name;

    // guarded by this
    private final List<Deferred<@Nullable Void>> waiters = new ArrayList<>();
    private @Nullable DelayedCall next;
    private @Nullable Outcome<@Nullable Void> end;

    Closing(Slots slots, Scheduler scheduler, String name) {
        this.slots = slots;
        this.scheduler = scheduler;
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

    void start(Duration limit) {
        if (limit.isZero()) {
            cancelAll();
        } else {
            arm(limit, this::cancelAll);
        }
    }

    private void cancelAll() {
        slots.operations().forEach(operation -> operation.deferred().cancel());
        arm(AFTERMATH, this::abortAll);
    }

    private void abortAll() {
        slots.operations().forEach(Operation::abort);
        arm(AFTERMATH, this::giveUp);
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
            next = scheduler.callLater(delay, action);
        }
    }
}
