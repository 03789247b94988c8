// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The attempts of one {@link Retry#run}: a loop, each turn of which is an attempt and the pause that follows it. */
final class Attempts<T extends @Nullable Object> {
    /*
     * Why a cancel is not lost: a turn shows its operation before it looks at cancelled, and who cancels sets that before looking at the operation. So a turn is either not begun, or told by each cancel. One that comes while it decides,
     * on another thread, meets a run and is sent on to the pause; from within, on the same thread, it is not, and therefore the flag is looked at when the pause has been made. A cancel that finds the turn at its end may be left
     * to the loop, which then does not begin another.
     */
    // immutable
    private final Retry policy;
    private final Scheduler scheduler;
    private final Callable<? extends Deferred<? extends T>> operation;
    private final Deferred<T> whole = new Deferred<>(new PassOn<>(this::cancel));
    private final long deadline;

    // shared: see above
    private volatile boolean cancelled;
    private volatile @Nullable Operation<T> current;

    // confined to the running thread
    private int number;
    /** The failure that the next attempt is to follow; null while there is one under way. */
    private @Nullable Failure before;

    Attempts(Retry policy, Scheduler scheduler, Callable<? extends Deferred<? extends T>> operation) {
        this.policy = policy;
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.operation = Objects.requireNonNull(operation, "operation");
        this.deadline = policy.deadline == null
                ? Long.MAX_VALUE
                : Durations.later(Durations.signedNanos(scheduler.now()), Durations.signedNanos(policy.deadline));
    }

    Deferred<T> start() {
        if (policy.deadline != null) {
            whole.addTimeout(policy.deadline, scheduler);
        }
        var unused = Deferred.<T>loop(this::attempt)
                .tapFailure(this::addTheOneBefore)
                .chainDeferred(whole);
        return whole;
    }

    private void cancel() {
        cancelled = true;
        Operation<T> told = current;
        if (told != null) {
            told.cancel();
        }
    }

    private Deferred<Turn<T>> attempt() {
        Operation<T> begun = new Operation<>();
        current = begun;
        if (cancelled) {
            throw CancelledException.of(whole);
        }
        before = null;
        number++;
        Deferred<Turn<T>> turn =
                begun.end().<Turn<T>>addCallback(value -> Turn.stop(value)).chainErrback(this::afterFailure);
        begun.begin(operation);
        return turn;
    }

    private Deferred<Turn<T>> afterFailure(Failure failure) {
        if (cancelled || number == policy.attempts || !policy.when.test(failure.exception())) {
            return failure.raise();
        }
        Duration delay = policy.backoff.delay(number);
        long nanos = Retry.checkedNanos(delay);
        if (policy.deadline != null && Durations.later(Durations.signedNanos(scheduler.now()), nanos) >= deadline) {
            return failure.raise();
        }
        policy.observer.accept(new Retry.Attempt(number, failure, delay));
        Deferred<Turn<T>> pause = nanos == 0
                ? Deferred.succeed(Turn.again())
                : Deferred.deferLater(scheduler, delay).addCallback(ignored -> Turn.again());
        before = failure;
        if (cancelled) {
            pause.cancel();
        }
        return pause;
    }

    private void addTheOneBefore(Failure failure) {
        if (before != null && failure.exception() instanceof CancelledException ours) {
            ours.addSuppressed(before.exception());
        }
    }
}
